import { useState } from 'preact/hooks';
import { get, query, segment } from '../base/api.js';
import { useLoad } from '../base/load.js';
import { go, to } from '../base/route.js';
import { clock } from '../base/words.js';
import { Badge, Problem, Tag, Waiting } from '../parts/basics.jsx';
import { Difference } from '../parts/diff.jsx';

const SOURCES = { input: 'input', loop: 'result', update: 'set by hand', fork: 'fork' };
const MOST = 2000;

/** Two checkpoints side by side: how their states differ, and what their runs did differently. */
export function Compare({ thread, chosen }) {
  const all = thread.checkpoints;
  const a = chosen.a || before(all);
  const b = chosen.b || all[0]?.checkpoint_id;
  const set = (change) => go(to(['threads', thread.thread_id, 'compare'], { a, b, ...change }), true);
  const number = new Map(thread.runs.map((each) => [each.run_id, each.number]));
  const options = choices(all, number, [a, b]);
  const run = (id) => all.find((each) => each.checkpoint_id === id)?.run_id;
  return (
    <div class="compare">
      <div class="pair">
        <label>Left <select value={a} onChange={(e) => set({ a: e.target.value })}>{options}</select></label>
        <button type="button" class="quiet" aria-label="Change sides" onClick={() => set({ a: b, b: a })}>⇄</button>
        <label>Right <select value={b} onChange={(e) => set({ b: e.target.value })}>{options}</select></label>
      </div>
      <States thread={thread.thread_id} a={a} b={b} />
      {run(a) && run(b) && run(a) !== run(b) ? <RunsDiffer thread={thread.thread_id} left={run(a)} right={run(b)} number={number} /> : null}
    </div>
  );
}

/** The newest checkpoint of another run, if there is one: forks are what is compared most. */
function before(all) {
  const other = all.find((each) => each.run_id !== all[0]?.run_id);
  return (other || all[1] || all[0])?.checkpoint_id;
}

function choices(all, number, extra) {
  const known = new Set(all.map((each) => each.checkpoint_id));
  const more = extra.filter((id) => id && !known.has(id));
  return [
    ...all.map((each) => (
      <option key={each.checkpoint_id} value={each.checkpoint_id}>
        {each.run_id ? `run ${number.get(each.run_id) ?? '?'}, ` : ''}{SOURCES[each.source] || each.source}, {clock(each.created_at)}
      </option>
    )),
    ...more.map((id) => <option key={id} value={id}>{id}</option>),
  ];
}

function States({ thread, a, b }) {
  const state = (id, signal) => get(`/threads/${segment(thread)}/state/${segment(id)}`, signal);
  const { data, error } = useLoad((signal) => Promise.all([state(a, signal), state(b, signal)]), [thread, a, b]);
  return (
    <section>
      <h2>States</h2>
      <Problem error={error} />
      {data ? <Difference before={data[0].values} after={data[1].values} /> : error ? null : <Waiting />}
    </section>
  );
}

async function steps(thread, run, signal) {
  const base = `/clew/threads/${segment(thread)}/runs/${segment(run)}/steps`;
  const found = new Map();
  let after;
  do {
    const page = await get(base + query({ all: true, limit: 500, after }), signal);
    page.steps.forEach((each) => found.set(each.path, each));
    after = page.next;
  } while (after && found.size < MOST);
  return found;
}

function RunsDiffer({ thread, left, right, number }) {
  const { data, error } = useLoad((signal) => Promise.all([steps(thread, left, signal), steps(thread, right, signal)]), [thread, left, right]);
  if (!data) {
    return error ? <Problem error={error} /> : <Waiting />;
  }
  const [one, other] = data;
  const paths = [...new Set([...one.keys(), ...other.keys()])];
  const rows = paths.map((path) => ({ path, a: one.get(path), b: other.get(path) })).filter(({ a, b }) => !(a && b && (a.kept || b.kept) && a.status === b.status));
  const shared = paths.length - rows.length;
  return (
    <section>
      <h2>Steps of run {number.get(left)} and run {number.get(right)}</h2>
      <p class="note">{shared ? `${shared} they share: one took them over from the other. ` : ''}{rows.length ? 'These each did, or only one of them:' : 'No other.'}</p>
      {rows.length ? (
        <table class="diff steps">
          <thead><tr><th scope="col">step</th><th scope="col">run {number.get(left)}</th><th scope="col">run {number.get(right)}</th><th scope="col">results</th></tr></thead>
          <tbody>{rows.slice(0, 500).map((row) => <Row key={row.path} thread={thread} left={left} right={right} {...row} />)}</tbody>
        </table>
      ) : null}
    </section>
  );
}

function Row({ thread, left, right, path, a, b }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr class={a && b ? 'both' : a ? 'removed' : 'added'}>
        <th scope="row" class="mono">{path}</th>
        <td>{a ? <Side step={a} /> : <span class="void">not there</span>}</td>
        <td>{b ? <Side step={b} /> : <span class="void">not there</span>}</td>
        <td>{a?.has_value && b?.has_value ? <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? 'Hide' : 'Compare'}</button> : null}</td>
      </tr>
      {open ? <tr><td colSpan="4"><Results {...{ thread, left, right, path }} /></td></tr> : null}
    </>
  );
}

const Side = ({ step }) => <><Badge name={step.status} />{step.tries.length > 1 ? <Tag tone="wait">{step.tries.length} times</Tag> : null}{step.kept ? <Tag>kept</Tag> : null}</>;

function Results({ thread, left, right, path }) {
  const value = (run, signal) => get(`/clew/threads/${segment(thread)}/runs/${segment(run)}/value${query({ path })}`, signal);
  const { data, error } = useLoad((signal) => Promise.all([value(left, signal), value(right, signal)]), [thread, left, right, path]);
  return data ? <Difference before={data[0].value ?? data[0].text} after={data[1].value ?? data[1].text} /> : error ? <Problem error={error} /> : <Waiting />;
}
