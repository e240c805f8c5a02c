import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { Tree } from '../base/tree.js';
import { duration, kind, status, told } from '../base/words.js';
import { Problem, Tag, Waiting } from './basics.jsx';
import { Axis, Bars } from './bars.jsx';

const AROUND = 12;

/** The least height of all rows, in pixels. */
const LEAST = 130;

/** How high a row is, in each view; on a narrow screen the bars stand below the names. */
const HEIGHTS = { compact: 26, timeline: 34, full: 58 };
const NARROW = { compact: 32, timeline: 56, full: 76 };
const narrow = matchMedia('(max-width: 820px)');

function useHeights() {
  const [isNarrow, setNarrow] = useState(narrow.matches);
  useEffect(() => {
    const changed = () => setNarrow(narrow.matches);
    narrow.addEventListener('change', changed);
    return () => narrow.removeEventListener('change', changed);
  }, []);
  return isNarrow ? NARROW : HEIGHTS;
}

/**
 * The steps of a run: as a tree on the left, and on the right when each ran. Only the rows on the screen exist.
 *
 * @param view compact: names only; timeline: with bars; full: with bars, and every attempt in words
 */
export function Steps({ thread, run, filter, scale, origin, view: kindOfView, selected, onSelect, version, label }) {
  const HEIGHT = useHeights()[kindOfView];
  const [, changed] = useReducer((n) => n + 1, 0);
  const key = JSON.stringify(filter);
  const tree = useMemo(() => new Tree(thread, run, filter, changed), [thread, run, key]);
  useEffect(() => () => tree.close(), [tree]);
  useEffect(() => {
    if (version) {
      tree.refresh();
    }
  }, [version]);
  const view = useRef(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [focus, setFocus] = useState(0);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setHeight(entry.contentRect.height));
    watch.observe(view.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (selected) {
      tree.reveal(selected).then((place) => {
        if (place >= 0 && !tree.closed) {
          setFocus(place);
          show(place);
        }
      });
    }
  }, [tree]);
  const size = tree.size();
  const show = (place) => {
    const at = view.current;
    if (at && (place * HEIGHT < at.scrollTop || (place + 1) * HEIGHT > at.scrollTop + at.clientHeight)) {
      at.scrollTop = Math.max(0, place * HEIGHT - at.clientHeight / 2);
    }
  };
  const move = (place) => {
    const next = Math.max(0, Math.min(size - 1, place));
    setFocus(next);
    show(next);
    requestAnimationFrame(() => view.current?.querySelector(`[data-place="${next}"]`)?.focus());
  };
  const first = Math.max(0, Math.floor(top / HEIGHT) - AROUND);
  const last = Math.min(size, Math.ceil((top + height) / HEIGHT) + AROUND);
  const rows = [];
  for (let place = first; place < last; place++) {
    rows.push(place);
  }
  const keys = (event, place, row) => {
    const act = {
      ArrowDown: () => move(place + 1),
      ArrowUp: () => move(place - 1),
      PageDown: () => move(place + 15),
      PageUp: () => move(place - 15),
      Home: () => move(0),
      End: () => move(size - 1),
      ArrowRight: () => row.step?.children && !tree.isOpen(row.step.path) && tree.toggle(row),
      ArrowLeft: () => row.step && tree.isOpen(row.step.path) && tree.toggle(row),
      Enter: () => row.step && onSelect(row.step),
      ' ': () => row.step && onSelect(row.step),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  };
  return (
    <div class={`steps ${kindOfView}`}>
      <Problem error={tree.error} />
      {kindOfView === 'compact' ? null : <Axis scale={scale} origin={origin} />}
      <div class="view" ref={view} role="treegrid" aria-label={label} aria-rowcount={size} tabIndex={size ? -1 : 0} style={{ height: `min(62vh, 720px, ${Math.max(LEAST, size * HEIGHT + 3)}px)` }} onScroll={(e) => setTop(e.target.scrollTop)}>
        <div class="all" role="presentation" style={{ height: size * HEIGHT + 'px' }}>
          {rows.map((place) => {
            const row = tree.row(place);
            return (
              <Row key={place} place={place} row={row} tree={tree} scale={scale} view={kindOfView} height={HEIGHT} isFocus={place === Math.min(focus, size - 1)} isSelected={row.step && row.step.path === selected}
                onKeyDown={(event) => keys(event, place, row)} onClick={() => row.step && (setFocus(place), onSelect(row.step))} />
            );
          })}
        </div>
        {size === 0 && !tree.error ? <Waiting>{tree.scopes.has('') ? 'No step.' : 'Loading …'}</Waiting> : null}
      </div>
    </div>
  );
}

function Row({ place, row, tree, scale, view, height, isFocus, isSelected, onKeyDown, onClick }) {
  const { step, depth } = row;
  const style = { top: place * height + 'px', height: height + 'px' };
  if (!step) {
    return <div class="row" role="row" style={style} data-place={place} tabIndex={isFocus ? 0 : -1} aria-rowindex={place + 1} onKeyDown={onKeyDown}><span role="gridcell" class="name">…</span></div>;
  }
  const isOpen = step.children > 0 && tree.isOpen(step.path);
  const shown = step.children > 0 && !isOpen ? step.worst : step.status;
  const { tone, sign, word } = status(shown === 'pending' && step.kind === 'ask' ? 'interrupted' : shown);
  return (
    <div class={`row${isSelected ? ' selected' : ''}`} role="row" style={style} data-place={place} data-path={step.path} tabIndex={isFocus ? 0 : -1} aria-rowindex={place + 1}
      aria-level={depth + 1} aria-expanded={step.children ? isOpen : undefined} aria-selected={isSelected} onKeyDown={onKeyDown} onClick={onClick}>
      <span class="name" role="gridcell" style={{ paddingLeft: 8 + Math.min(depth, 12) * 16 + 'px' }}>
        {step.children
          ? <button type="button" class="fold" tabIndex={-1} aria-label={isOpen ? 'Close' : 'Open'} onClick={(e) => (e.stopPropagation(), tree.toggle(row))}>{isOpen ? '▾' : '▸'}</button>
          : <span class="fold" aria-hidden="true" />}
        <span class={`sign ${tone}`} role="img" aria-label={word}>{sign}</span>
        <span class="title" title={step.path}>{step.name}{ordinal(step.path)}</span>
        {step.kind === 'task' ? null : <Tag>{kind(step.kind)}</Tag>}
        {step.children && !isOpen ? <Tag>{step.descendants} inside</Tag> : null}
        {again(step)}
        {step.cached ? <Tag title="Its result came from the task cache; nothing ran.">cached</Tag> : null}
        {step.kept ? <Tag title="Taken over from the run that this one was forked from.">kept</Tag> : null}
      </span>
      <span class="took" role="gridcell">{step.ended_at ? duration(step.took_ms) : step.status === 'retrying' ? 'retries' : step.kind === 'ask' ? 'asks' : 'open'}</span>
      {view === 'compact' ? null : <span class="track" role="gridcell" aria-label={step.ended_at ? `took ${duration(step.took_ms)}` : 'open'}><Bars step={step} scale={scale} /></span>}
      {view === 'full' ? <span class="told" role="gridcell" title={told(step)}>{told(step)}</span> : null}
    </div>
  );
}

/** Which of several calls of one name it is. */
function ordinal(path) {
  const number = path.slice(path.lastIndexOf('#') + 1);
  return number === '1' ? null : <span class="hint">#{number}</span>;
}

function again(step) {
  const times = step.tries.length;
  if (step.reruns.length) {
    return <Tag tone="wait" title="Why it ran again is said beside it.">{times > 1 ? `${times} times` : 'ran again'}</Tag>;
  }
  return step.again ? <Tag tone="wait" title="A step inside ran more than once.">again inside</Tag> : null;
}
