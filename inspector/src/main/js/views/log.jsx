import { useEffect } from 'preact/hooks';
import { get, query, segment } from '../base/api.js';
import { useLoad } from '../base/load.js';
import { to } from '../base/route.js';
import { Clock, Empty, Problem, Tag, Waiting } from '../parts/basics.jsx';
import { Json } from '../parts/json.jsx';

const PAGE = 100;
/** What people look for stands first. */
const FIRST = ['value', 'failure', 'arguments'];
const SAID = ['seq', 'bytes', 'kind', 'at', 'path'];
const TONES = { failed: 'wait', retried: 'wait', asked: 'run', answered: 'run' };

/** The log of a run as it is: each record in its order, with its size and what it says. */
export function Log({ thread, run, chosen, version }) {
  const from = Number(chosen.from) || 0;
  const base = `/clew/threads/${segment(thread.thread_id)}/runs/${segment(run)}/log`;
  const { data, error, reload } = useLoad((signal) => get(base + query({ from, limit: PAGE }), signal), [base, from], true);
  useEffect(() => {
    if (version) {
      reload();
    }
  }, [version]);
  if (!data) {
    return error ? <Problem error={error} /> : <Waiting />;
  }
  const page = (at) => to(['threads', thread.thread_id, 'log'], { run: chosen.run, from: at || undefined });
  const number = thread.runs.find((each) => each.run_id === run)?.number;
  return (
    <div class="log">
      <Problem error={error} />
      {data.records.length ? (
        <table class="list">
          <caption>Log of run {number ?? run}, as it is stored</caption>
          <thead><tr><th scope="col">#</th><th scope="col">Record</th><th scope="col">Step and what it says</th><th scope="col" class="wide">At</th><th scope="col" class="wide">Bytes</th></tr></thead>
          <tbody>{data.records.map((each) => <Entry key={each.seq} thread={thread} run={chosen.run} record={each} />)}</tbody>
        </table>
      ) : <Empty title="No record here."><p><a href={page(0)}>The beginning of the log</a></p></Empty>}
      <footer class="pages">
        <span>{data.records.length ? `records ${data.records[0].seq} to ${data.records[data.records.length - 1].seq}` : ''}</span>
        <span class="grow" />
        {from > 0 ? <a class="button" rel="prev" href={page(Math.max(0, from - PAGE))}>Before</a> : null}
        {data.next !== null ? <a class="button" rel="next" href={page(data.next)}>Next page</a> : null}
      </footer>
    </div>
  );
}

function Entry({ thread, run, record }) {
  const all = [...FIRST.filter((name) => name in record).map((name) => [name, record[name]]), ...Object.entries(record).filter(([name]) => !FIRST.includes(name) && !SAID.includes(name))];
  const rest = Object.fromEntries(all.filter(([, value]) => value !== null && value !== false && !(Array.isArray(value) && !value.length)));
  return (
    <tr>
      <td class="mono">{record.seq}</td>
      <td><Tag tone={TONES[record.kind]} title={record.kind === 'note' ? 'The engine’s own: where a run was taken over, what a scope noted, and the like.' : undefined}>{record.kind}</Tag></td>
      <td class="id">
        {record.path ? <a class="mono" href={to(['threads', thread.thread_id, 'steps'], { run, step: record.path })}>{record.path}</a> : record.kind === 'note' ? null : 'the run'}
        {Object.keys(rest).length ? <Json value={rest} open={0} copy={false} /> : null}
      </td>
      <td class="when wide"><Clock at={record.at} /></td>
      <td class="when wide">{record.bytes}</td>
    </tr>
  );
}
