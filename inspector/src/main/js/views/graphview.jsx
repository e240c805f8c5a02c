import { useEffect } from 'preact/hooks';
import { get, query, segment } from '../base/api.js';
import { useLoad } from '../base/load.js';
import { Problem, Waiting } from '../parts/basics.jsx';
import { Graph } from '../parts/graph.jsx';

const MOST = 2000;

/** The graph of a run, with what it took and where it is. */
export function GraphView({ thread, run, version }) {
  const { data: graph, error } = useLoad((signal) => get(`/assistants/${segment(thread.assistant)}/graph`, signal), [thread.assistant]);
  const { data: taken, reload } = useLoad((signal) => path(thread, run, signal), [thread.thread_id, run]);
  useEffect(() => {
    if (version) {
      reload();
    }
  }, [version]);
  if (!graph || !taken) {
    return error ? <Problem error={error} /> : <Waiting />;
  }
  return (
    <div class="graphview">
      <Graph graph={graph} visits={taken.visits} next={taken.next} />
      <section aria-label="The path taken">
        <h2>Path</h2>
        <ol class="taken">{taken.path.slice(-200).map((each, i) => <li key={i}>{each}</li>)}</ol>
        {taken.next.length ? <p>Next: {taken.next.join(', ')}</p> : null}
      </section>
    </div>
  );
}

async function path(thread, run, signal) {
  const base = `/clew/threads/${segment(thread.thread_id)}/runs/${segment(run)}/steps`;
  const visits = new Map();
  const path = [];
  let after;
  do {
    const page = await get(base + query({ limit: 500, after }), signal);
    for (const step of page.steps.filter((each) => each.kind === 'node')) {
      const before = visits.get(step.name) || { times: 0, open: false, failed: false };
      visits.set(step.name, { times: before.times + 1, open: before.open || !step.ended_at, failed: step.status === 'failed' });
      path.push(step.name);
    }
    after = page.next;
  } while (after && path.length < MOST);
  const state = run === thread.run_id ? await get(`/threads/${segment(thread.thread_id)}/state`, signal) : { next: [] };
  return { visits, path, next: state.next };
}
