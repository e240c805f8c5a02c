import { useEffect, useMemo, useState } from 'preact/hooks';
import { get, query, segment } from '../base/api.js';
import { useLoad } from '../base/load.js';
import { go, to } from '../base/route.js';
import { count, duration } from '../base/words.js';
import { isAll, read, scaled, write, zoomed } from '../base/window.js';
import { Badge, Clock, Problem, Waiting } from '../parts/basics.jsx';
import { Overview } from '../parts/bars.jsx';
import { Detail } from '../parts/detail.jsx';
import { Steps } from '../parts/steps.jsx';
import { Fork } from './acts.jsx';

const VIEWS = ['compact', 'timeline', 'full'];
const BEAT = 1000;

/** The scale of a run's time. While the run goes on, its end is now: by the clock of the server, as far as it was read. */
function useScale(timeline) {
  const read = useMemo(() => timeline && { begin: Date.parse(timeline.from), end: Date.parse(timeline.to), at: performance.now() }, [timeline]);
  const [, beat] = useState(0);
  const goesOn = timeline && !timeline.is_over;
  useEffect(() => {
    if (!goesOn) {
      return undefined;
    }
    const timer = setInterval(() => !document.hidden && beat((n) => n + 1), BEAT);
    return () => clearInterval(timer);
  }, [goesOn]);
  if (!read) {
    return null;
  }
  return { begin: read.begin, end: goesOn ? read.end + Math.floor((performance.now() - read.at) / BEAT) * BEAT : read.end };
}

/** The steps of one run, the chosen one beside them. */
export function RunSteps({ thread, run: runId, chosen, version, changed }) {
  const base = `/clew/threads/${segment(thread.thread_id)}/runs/${segment(runId)}`;
  const { data: run, error, reload } = useLoad((signal) => get(base, signal), [base]);
  const { data: timeline, reload: again } = useLoad((signal) => get(base + '/timeline?buckets=120', signal), [base]);
  const step = useStep(base, chosen.step, version);
  const [fork, setFork] = useState(null);
  useEffect(() => {
    if (version) {
      reload();
      again();
    }
  }, [version]);
  const all = useScale(timeline);
  const view = VIEWS.includes(chosen.view) ? chosen.view : 'timeline';
  const part = read(chosen.part);
  const filter = { again: chosen.again, status: chosen.status, q: chosen.q };
  const set = (change, replace) => go(to(['threads', thread.thread_id, 'steps'], { ...chosen, ...change }), replace);
  const zoom = (next) => set({ part: write(next) }, true);
  // The dialog stays while another run is read: a fork whose answer was lost is the thread's run by now.
  const shown = (body) => <>{body}{fork ? <Fork thread={thread} {...fork} changed={changed} onClose={() => setFork(null)} /> : null}</>;
  if (!run || !all) {
    return shown(error ? <Problem error={error} /> : <Waiting />);
  }
  return shown(
    <div class={`runsteps${chosen.step ? ' chosen' : ''}`}>
      <div class="left">
        <Summary run={run} chosen={chosen} set={set} />
        <div class="scale">
          <span class="from"><Clock at={timeline.from} /></span><Overview timeline={timeline} recoveries={run.recoveries} part={part} onPart={zoom} /><span class="to">{duration(all.end - all.begin)}</span>
        </div>
        <div class="how">
          <div class="choice" role="group" aria-label="How steps are shown">
            {VIEWS.map((name) => <button key={name} type="button" aria-pressed={view === name} onClick={() => set({ view: name === 'timeline' ? undefined : name }, true)}>{name[0].toUpperCase() + name.slice(1)}</button>)}
          </div>
          {view === 'compact' ? null : (
            <div class="choice" role="group" aria-label="Zoom">
              <button type="button" aria-label="Zoom in" onClick={() => zoom(zoomed(part, 0.5))}>+</button>
              <button type="button" aria-label="Zoom out" disabled={isAll(part)} onClick={() => zoom(zoomed(part, 2))}>−</button>
              <button type="button" disabled={isAll(part)} onClick={() => zoom(zoomed(part, 1e6))}>Whole run</button>
            </div>
          )}
        </div>
        <Steps thread={thread.thread_id} run={runId} filter={filter} scale={{ ...scaled(all, part), now: all.end, origin: all.begin }} origin={all.begin} view={view} selected={chosen.step} version={version} label={`Steps of run ${run.number}`} onSelect={(each) => set({ step: each.path }, true)} />
      </div>
      {step.error ? <Problem error={step.error} /> : null}
      {chosen.step && step.data ? <Detail thread={thread.thread_id} run={run} step={step.data} version={version} canFork={thread.status !== 'busy' && Boolean(thread.assistant)} onClose={() => set({ step: undefined }, true)} onFork={(each, where) => setFork({ run, step: each, where })} /> : null}
    </div>,
  );
}

function useStep(base, path, version) {
  const { data, error, reload } = useLoad(async (signal) => {
    if (!path) {
      return null;
    }
    const found = await get(`${base}/steps${query({ path })}`, signal);
    if (!found.steps.length) {
      throw new Error(`This run has no step ${path}.`);
    }
    return found.steps[0];
  }, [base, path]);
  useEffect(() => {
    if (version) {
      reload();
    }
  }, [version]);
  return { data, error };
}

function Summary({ run, chosen, set }) {
  const [text, setText] = useState(chosen.q || '');
  const { failed = 0, retrying = 0, pending = 0 } = run.counts;
  return (
    <div class="summary">
      <p class="facts">
        <strong>Run {run.number}</strong> <Badge name={run.status} label={run.status === 'idle' ? 'completed' : undefined} /> {count(run.steps, 'step')}
        {run.forked_from ? <>, forked <Clock at={run.forked_from.at} /></> : null}
        {run.recoveries.length ? <>, taken over {run.recoveries.length === 1 ? 'once' : run.recoveries.length + ' times'} after its process died (<Clock at={run.recoveries[0]} />)</> : null}
      </p>
      <div class="choice" role="group" aria-label="Which steps">
        <button type="button" aria-pressed={!chosen.again && !chosen.status} onClick={() => set({ again: undefined, status: undefined })}>All</button>
        <button type="button" aria-pressed={chosen.again === 'true'} onClick={() => set({ again: 'true', status: undefined })}>Ran again</button>
        <button type="button" aria-pressed={chosen.status === 'failed'} onClick={() => set({ again: undefined, status: 'failed' })}>Failed<span class="count">{failed}</span></button>
        <button type="button" aria-pressed={chosen.status === 'pending'} onClick={() => set({ again: undefined, status: 'pending' })}>Open<span class="count">{pending + retrying}</span></button>
      </div>
      <input type="search" aria-label="Find steps by name" placeholder="Find a step" value={text} onInput={(e) => (setText(e.target.value), set({ q: e.target.value || undefined }, true))} />
    </div>
  );
}
