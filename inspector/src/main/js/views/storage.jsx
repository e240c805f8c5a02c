import { get, segment } from '../base/api.js';
import { useLoad } from '../base/load.js';
import { Problem, Waiting } from '../parts/basics.jsx';
import { Json } from '../parts/json.jsx';

const bytes = (n) => (n < 1024 ? `${n} bytes` : n < 1 << 20 ? `${(n / 1024).toFixed(1)} KB` : `${(n / (1 << 20)).toFixed(1)} MB`);

/** How much of a thread is stored, its metadata, and its requests. */
export function Storage({ thread, version }) {
  const { data, error } = useLoad((signal) => get(`/clew/threads/${segment(thread.thread_id)}/storage`, signal), [thread.thread_id, version], true);
  if (!data) {
    return error ? <Problem error={error} /> : <Waiting />;
  }
  const number = new Map(thread.runs.map((each) => [each.run_id, each.number]));
  return (
    <div class="storage">
      <table class="list">
        <thead><tr><th scope="col">what</th><th scope="col">how many</th><th scope="col">size</th></tr></thead>
        <tbody>
          <tr><th scope="row">Checkpoints</th><td>{data.checkpoints}{data.is_all ? '' : ' and more'}</td><td>{bytes(data.checkpoint_bytes)}</td></tr>
          {data.runs.map((run) => <tr key={run.run_id}><th scope="row">Log of run {number.get(run.run_id) ?? run.run_id}</th><td>{run.entries} entries</td><td>{bytes(run.bytes)}</td></tr>)}
          <tr><th scope="row">Metadata</th><td></td><td>{bytes(data.metadata_bytes)}</td></tr>
        </tbody>
      </table>
      <h2>Metadata</h2>
      <Json value={thread.metadata} />
      <h2>Requests in its line</h2>
      {thread.requests.length ? <Json value={thread.requests} open={1} /> : <p class="note">None.</p>}
    </div>
  );
}
