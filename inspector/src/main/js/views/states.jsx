import { useState } from 'preact/hooks';
import { get, post, segment } from '../base/api.js';
import { useLoad } from '../base/load.js';
import { to } from '../base/route.js';
import { Clock, Copy, Empty, Problem, Tag, Waiting } from '../parts/basics.jsx';
import { Json } from '../parts/json.jsx';
import { EditState, Fork, Start } from './acts.jsx';

const SOURCES = { input: 'input', loop: 'result', update: 'set by hand', fork: 'fork' };

/** The checkpoints of a thread, newest first, and the state at one. */
export function States({ thread, chosen, version, changed }) {
  const [before, setBefore] = useState(null);
  const { data, error } = useLoad(
    () => post(`/threads/${segment(thread.thread_id)}/history`, { limit: 50, ...(before ? { before } : {}) }),
    [thread.thread_id, before, version],
    true,
  );
  if (!data) {
    return error ? <Problem error={error} /> : <Waiting />;
  }
  if (!data.length) {
    return <Empty title="No state yet." />;
  }
  const wanted = chosen.checkpoint || data[0].checkpoint_id;
  return (
    <div class="states">
      <nav aria-label="Checkpoints">
        <ol>
          {data.map((state, i) => (
            <li key={state.checkpoint_id}>
              <a href={to(['threads', thread.thread_id, 'state'], { checkpoint: state.checkpoint_id })} aria-current={state.checkpoint_id === wanted ? 'true' : undefined}>
                <span>{SOURCES[state.metadata.source] || state.metadata.source}{i === 0 && !before ? <Tag tone="run">newest</Tag> : null}</span>
                <span class="facts">step {state.metadata.step}, <Clock at={state.created_at} /></span>
              </a>
            </li>
          ))}
        </ol>
        {data.length === 50 ? <button type="button" class="quiet" onClick={() => setBefore(data[49].checkpoint_id)}>Older</button> : null}
        {before ? <button type="button" class="quiet" onClick={() => setBefore(null)}>Newest</button> : null}
      </nav>
      <State key={wanted} thread={thread} id={wanted} changed={changed} version={version} />
    </div>
  );
}

function State({ thread, id, changed, version }) {
  const { data, error } = useLoad((signal) => get(`/threads/${segment(thread.thread_id)}/state/${segment(id)}`, signal), [thread.thread_id, id, version], true);
  const [open, setOpen] = useState(null);
  const props = { thread, checkpoint: id, changed, onClose: () => setOpen(null) };
  const canAct = thread.assistant && thread.status !== 'busy';
  if (!data) {
    return error ? <Problem error={error} /> : <Waiting />;
  }
  return (
    <article class="state" aria-label="State">
      <p class="facts mono">{id} <Copy text={location.href.split('#')[0] + to(['threads', thread.thread_id, 'state'], { checkpoint: id })} label="Copy link" /></p>
      <div class="acts">
        <a class="button" href={to(['threads', thread.thread_id, 'compare'], { a: data.parent_checkpoint_id || id, b: id })}>Compare with the one before</a>
        {canAct ? <button type="button" onClick={() => setOpen('fork')}>Fork here</button> : null}
        {canAct ? <button type="button" onClick={() => setOpen('start')}>Run from here with another input</button> : null}
        {canAct ? <button type="button" onClick={() => setOpen('edit')}>Edit</button> : null}
      </div>
      {data.next.length ? <p>Next: {data.next.map((each) => <Tag key={each} tone="run">{each}</Tag>)}</p> : null}
      <Json value={data.values} open={3} />
      {open === 'fork' ? <Fork {...props} /> : null}
      {open === 'start' ? <Start {...props} assistants={[thread.assistant]} /> : null}
      {open === 'edit' ? <EditState {...props} /> : null}
    </article>
  );
}
