import { useRef, useState } from 'preact/hooks';
import { between, isAll, moved, ticks, zoomed } from '../base/window.js';
import { duration } from '../base/words.js';

/** When a step ran, on the scale of its run: a piece for each attempt, a thin line where it waits, dashed while it is open. */
export function Bars({ step, scale }) {
  const pieces = attempts(step, scale).filter(({ from, until }) => until >= scale.begin && from <= scale.end);
  return (
    <span class="bars" aria-hidden="true">
      {pieces.map((piece, i) => <span key={i} class={`bar ${piece.tone}`} style={place(piece, scale)} />)}
    </span>
  );
}

/** A part of the scale that stands for what was before it. */
const BEFORE = 0.015;

function attempts(step, scale) {
  const end = scale.now ?? scale.end;
  if (step.kept) {
    return [{ from: scale.origin, until: scale.origin + (end - scale.origin) * BEFORE, tone: 'kept' }];
  }
  const pieces = [];
  const open = !step.ended_at;
  let last = null;
  for (const each of step.tries || []) {
    const from = Date.parse(each.started_at || step.since);
    const until = Date.parse(each.ended_at);
    if (last !== null && from > last) {
      pieces.push({ from: last, until: from, tone: 'gap' });
    }
    pieces.push({ from, until, tone: each.failure ? 'bad' : tone(step) });
    last = until;
  }
  const since = Date.parse(step.since);
  if (pieces.length === 0) {
    pieces.push({ from: since, until: open ? end : Date.parse(step.ended_at), tone: open ? openTone(step) : tone(step) });
  } else if (open) {
    pieces.push({ from: last, until: Math.max(end, step.deadline ? Date.parse(step.deadline) : end), tone: 'open wait' });
  }
  return pieces;
}

const openTone = (step) => (step.kind === 'ask' || step.kind === 'timer' || step.kind === 'breakpoint' ? 'open wait' : 'open');

function tone(step) {
  if (step.status === 'failed') {
    return 'bad';
  }
  if (step.status === 'cancelled' || step.status === 'withdrawn') {
    return 'dim';
  }
  return step.cached ? 'cached' : step.kind === 'ask' || step.kind === 'timer' ? 'waited' : 'ok';
}

function place({ from, until }, { begin, end }) {
  const all = Math.max(1, end - begin);
  const left = Math.min(99.5, Math.max(0, ((from - begin) / all) * 100));
  const right = Math.min(100, ((until - begin) / all) * 100);
  const width = Math.min(100 - left, Math.max(0.4, right - left));
  return { left: left + '%', width: width + '%' };
}

/** The round moments of a scale, above the bars. */
export function Axis({ scale, origin }) {
  return (
    <div class="axis" aria-hidden="true">
      {ticks(scale, origin).map((each) => <span key={each.at} style={{ left: each.share * 100 + '%' }}>{each.at === 0 ? '0' : duration(each.at)}</span>)}
    </div>
  );
}

/**
 * How many steps were open, over the whole run; failures below, and a line where another process took the run over. A part of it is
 * chosen by dragging over it, or by keys.
 */
export function Overview({ timeline, recoveries, part, onPart }) {
  const begin = Date.parse(timeline.from);
  const all = Math.max(1, Date.parse(timeline.to) - begin);
  const { buckets } = timeline;
  const most = Math.max(1, ...buckets.map((each) => each.open));
  const width = 1000 / buckets.length;
  const drag = useDrag(onPart);
  const shown = drag.part || part;
  const keys = (event) => {
    const next = { '+': zoomed(part, 0.5), '=': zoomed(part, 0.5), '-': zoomed(part, 2), ArrowLeft: moved(part, -0.25), ArrowRight: moved(part, 0.25), 0: zoomed(part, 1e6), Escape: zoomed(part, 1e6) }[event.key];
    if (next) {
      event.preventDefault();
      onPart(next);
    }
  };
  const said = `At most ${most} steps were open at once${recoveries.length ? '; taken over after its process died' : ''}. Shown: ${Math.round(part.from / 10)} to ${Math.round(part.until / 10)} per cent. Plus and minus zoom, arrows move.`;
  return (
    <div class="overview" role="slider" tabIndex={0} aria-label="The part of the run’s time that is shown" aria-valuemin={0} aria-valuemax={1000} aria-valuenow={part.from} aria-valuetext={said} onKeyDown={keys} {...drag.handlers}>
      <svg viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true">
        {buckets.map((each, i) => (
          <g key={i}>
            <rect class="load" x={i * width} y={34 - (each.open / most) * 32} width={Math.max(1, width - 0.6)} height={(each.open / most) * 32} />
            {each.failed ? <rect class="fail" x={i * width} y="35" width={Math.max(2, width - 0.6)} height="5" /> : null}
          </g>
        ))}
        {recoveries.map((at) => <rect key={at} class="death" x={((Date.parse(at) - begin) / all) * 1000 - 1.5} y="0" width="3" height="40"><title>Its process had died; another one took the run over.</title></rect>)}
        {isAll(shown) ? null : <><rect class="out" x="0" y="0" width={shown.from} height="40" /><rect class="out" x={shown.until} y="0" width={1000 - shown.until} height="40" /></>}
      </svg>
    </div>
  );
}

/** A part that is dragged out with a pointer. A press without a drag is none. */
function useDrag(onPart) {
  const [part, setPart] = useState(null);
  const begin = useRef(null);
  const share = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const handlers = {
    onPointerDown: (event) => {
      begin.current = share(event);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event) => begin.current !== null && setPart(between(begin.current, share(event))),
    onPointerUp: (event) => {
      const from = begin.current;
      begin.current = null;
      setPart(null);
      if (from !== null && Math.abs(share(event) - from) > 0.005) {
        onPart(between(from, share(event)));
      }
    },
    onPointerCancel: () => {
      begin.current = null;
      setPart(null);
    },
  };
  return { part, handlers };
}
