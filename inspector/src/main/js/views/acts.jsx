import { useState } from 'preact/hooks';
import { Refused, fresh, get, once, post, remove, segment } from '../base/api.js';
import { useLoad } from '../base/load.js';
import { go, here, to } from '../base/route.js';
import { Confirm, Dialog, Problem, Waiting } from '../parts/basics.jsx';
import { ValueForm } from '../parts/form.jsx';

/** What Command.undo() takes; a run that goes on is cancelled before. */
const UNDOABLE = ['interrupted', 'failed', 'blocked', 'stuck', 'cancelled'];
const STOPPED = ['failed', 'blocked', 'stuck', 'crashed'];

/** What can be done with a thread now. */
export function Acts({ thread, changed }) {
  const [open, setOpen] = useState(null);
  const close = () => setOpen(null);
  const at = `/threads/${segment(thread.thread_id)}`;
  const isBusy = thread.status === 'busy';
  const waits = thread.state === 'interrupted' && !(thread.pending || []).length;
  const canProceed = thread.assistant && !isBusy && (STOPPED.includes(thread.state) || waits);
  const isOpen = isBusy || ['interrupted', ...STOPPED].includes(thread.state);
  const canUndo = thread.assistant && !isBusy && UNDOABLE.includes(thread.state);
  const props = { thread, changed, onClose: close };
  return (
    <div class="acts" role="group" aria-label="Acts">
      {canProceed ? <button type="button" class="primary" onClick={() => setOpen('proceed')}>Proceed</button> : null}
      {thread.assistant ? <button type="button" onClick={() => setOpen('start')}>Start a run</button> : null}
      {thread.assistant && !isBusy ? <button type="button" onClick={() => setOpen('state')}>Edit state</button> : null}
      {isOpen ? <button type="button" onClick={() => setOpen('cancel')}>Cancel</button> : null}
      {canUndo ? <button type="button" onClick={() => setOpen('undo')}>Undo</button> : null}
      <button type="button" class="danger" onClick={() => setOpen('delete')}>Delete</button>
      {open === 'proceed' ? <Proceed {...props} /> : null}
      {open === 'start' ? <Start {...props} assistants={[thread.assistant]} /> : null}
      {open === 'state' ? <EditState {...props} /> : null}
      {open === 'cancel' ? (
        <Confirm title="Cancel the run?" verb="Cancel the run" danger act={() => post(`/clew${at}/cancel`, {})} onDone={changed} onClose={close}>
          <p>Its steps are interrupted and its questions withdrawn. What it did stays readable; it can be forked.</p>
        </Confirm>
      ) : null}
      {open === 'undo' ? (
        <Confirm title="Undo what the run did?" verb="Undo the run" danger act={() => post(`/clew${at}/undo`, {})} onDone={changed} onClose={close}>
          <p>Its steps that say how they are undone are undone, the newest first. Its questions are withdrawn, and it cannot go on or be forked afterwards.</p>
        </Confirm>
      ) : null}
      {open === 'delete' ? (
        <Confirm title="Delete the thread?" verb="Delete it" danger act={() => remove(at)} onDone={() => go(to(['threads']))} onClose={close}>
          <p>All runs, states and answers of <span class="mono">{thread.thread_id}</span> are removed. This cannot be undone.</p>
        </Confirm>
      ) : null}
    </div>
  );
}

function useNodes(assistant) {
  const { data } = useLoad((signal) => get(`/assistants/${segment(assistant)}/graph`, signal), [assistant]);
  return (data?.nodes || []).map((each) => each.id).filter((id) => !id.startsWith('__'));
}

/** At which nodes of a graph a run is to pause. */
function Pauses({ assistant, value, onChange }) {
  const nodes = useNodes(assistant);
  const toggle = (member, node, on) => onChange({ ...value, [member]: on ? [...value[member], node] : value[member].filter((each) => each !== node) });
  return (
    <details class="pauses">
      <summary>Pause at nodes</summary>
      <table>
        <thead><tr><th scope="col">node</th><th scope="col">before</th><th scope="col">after</th></tr></thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node}>
              <th scope="row">{node}</th>
              {['interrupt_before', 'interrupt_after'].map((member) => (
                <td key={member}><input type="checkbox" aria-label={`${member === 'interrupt_before' ? 'before' : 'after'} ${node}`} checked={value[member].includes(node)} onChange={(e) => toggle(member, node, e.target.checked)} /></td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const NONE = { interrupt_before: [], interrupt_after: [] };
const wanted = (pauses) => Object.fromEntries(Object.entries(pauses).filter(([, nodes]) => nodes.length));

function Proceed({ thread, changed, onClose }) {
  const [pauses, setPauses] = useState(NONE);
  const [begin] = useState(once);
  const act = () => begin(`/threads/${segment(thread.thread_id)}/runs`, { assistant_id: thread.assistant, ...wanted(pauses) });
  return (
    <Confirm title="Let the run proceed?" verb="Proceed" act={act} onDone={changed} onClose={onClose}>
      <p>What succeeded is kept. What failed, or was being done when its process died, runs again.</p>
      {thread.is_graph ? <Pauses assistant={thread.assistant} value={pauses} onChange={setPauses} /> : null}
    </Confirm>
  );
}

/** A run with an input: on a thread that is there, a new one, or from a checkpoint. */
export function Start({ thread, assistants, checkpoint, changed, onClose }) {
  const [chosen, setAssistant] = useState('');
  // They may be read only after the dialog was opened.
  const assistant = chosen || assistants[0] || '';
  const [threadId, setThreadId] = useState('');
  const [otherwise] = useState(fresh);
  const [begin] = useState(once);
  const [pauses, setPauses] = useState(NONE);
  const { data: schemas, error } = useLoad((signal) => (assistant ? get(`/assistants/${segment(assistant)}/schemas`, signal) : null), [assistant]);
  const { data: graph } = useLoad((signal) => (assistant ? get(`/assistants/${segment(assistant)}/graph`, signal) : null), [assistant]);
  const isGraph = (graph?.nodes || []).length > 3 || thread?.is_graph;
  const start = async (input) => {
    const id = thread ? thread.thread_id : threadId || otherwise;
    const isHere = here();
    await begin(`/threads/${segment(id)}/runs`, {
      assistant_id: assistant,
      if_not_exists: thread ? undefined : 'create',
      ...(schemas.input_schema ? { input } : {}),
      ...(checkpoint ? { checkpoint_id: checkpoint } : {}),
      ...wanted(pauses),
    });
    onClose();
    if (isHere()) {
      changed?.();
      go(to(['threads', id]));
    }
  };
  return (
    <Dialog title={checkpoint ? 'Run from here with another input' : 'Start a run'} onClose={onClose} wide>
      {thread ? null : (
        <div class="fields">
          <div class="field"><label for="start-flow">Workflow</label><select id="start-flow" value={assistant} onChange={(e) => setAssistant(e.target.value)}>{assistants.map((each) => <option key={each}>{each}</option>)}</select></div>
          <div class="field"><label for="start-thread">Thread <span class="hint">a new one is named if this is empty</span></label><input id="start-thread" value={threadId} onInput={(e) => setThreadId(e.target.value)} /></div>
        </div>
      )}
      {thread?.state === 'interrupted' && !checkpoint ? <p class="note">The thread asks something. A new input abandons that question.</p> : null}
      <Problem error={error} />
      {schemas && graph ? (
        <ValueForm key={assistant} schema={schemas.input_schema || { type: 'object', properties: {} }} label="Input" verb="Start" onSubmit={start} onClose={onClose}>
          {isGraph ? <Pauses assistant={assistant} value={pauses} onChange={setPauses} /> : null}
        </ValueForm>
      ) : error || !assistant ? null : <Waiting />}
    </Dialog>
  );
}

/** A server that recovers what nobody executes may have been faster: then the fork runs, as was wished. */
async function unlessRuns(at, made, refused) {
  const now = refused instanceof Refused ? await get(`/clew${at}`) : null;
  if (!now || !made.run_id || now.run_id !== made.run_id || (now.status !== 'busy' && now.state === 'crashed')) {
    throw refused;
  }
}

/** A fork at a step or a checkpoint; by default it runs at once. */
export function Fork({ thread, run, step, where, checkpoint, changed, onClose }) {
  const [proceeds, setProceeds] = useState(true);
  const [begin] = useState(once);
  const [fork] = useState(once);
  const at = `/threads/${segment(thread.thread_id)}`;
  const act = async () => {
    const body = checkpoint ? { checkpoint_id: checkpoint } : { run_id: run.run_id, step: step.path, where };
    const made = await fork(`/clew${at}/fork`, body);
    if (proceeds) {
      await begin(`${at}/runs`, { assistant_id: thread.assistant }).catch((refused) => unlessRuns(at, made, refused));
    }
  };
  const done = () => {
    changed();
    go(to(['threads', thread.thread_id, 'steps']));
  };
  return (
    <Confirm title={step ? `Fork ${where} ${step.name}?` : 'Fork at this checkpoint?'} verb={proceeds ? 'Fork and run' : 'Fork'} act={act} onDone={done} onClose={onClose}>
      <p>{step
        ? <>A new run begins with what run {run.number} had recorded {where === 'before' ? 'before' : 'up to and with the outcome of'} <span class="mono">{step.path}</span>, and goes on from there. The old run stays as it is.</>
        : 'A new run takes the input of this checkpoint, with nothing remembered. At a result, its value is the thread’s again, and nothing runs.'}</p>
      <label class="check"><input type="checkbox" checked={proceeds} onChange={(e) => setProceeds(e.target.checked)} /> Run it at once</label>
    </Confirm>
  );
}

/** The members that a person changed: a graph's reducers would merge the others with themselves. */
function changes(before, after) {
  if (after === null || typeof after !== 'object' || Array.isArray(after)) {
    return after;
  }
  const names = Object.keys({ ...before, ...after }).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (!names.length) {
    throw new Error('Nothing is changed.');
  }
  return Object.fromEntries(names.map((name) => [name, after[name] ?? null]));
}

/** The state, set by hand. */
export function EditState({ thread, checkpoint, changed, onClose }) {
  const at = `/threads/${segment(thread.thread_id)}`;
  const { data, error } = useLoad(async (signal) => {
    const [schemas, state] = await Promise.all([
      get(`/assistants/${segment(thread.assistant)}/schemas`, signal),
      get(`${at}/state${checkpoint ? '/' + segment(checkpoint) : ''}`, signal),
    ]);
    const wrapped = schemas.state_schema?.type !== 'object' && Object.keys(state.values).join() === 'output';
    return { schema: schemas.state_schema, values: wrapped ? state.values.output : state.values, has: Object.keys(state.values).length > 0 };
  }, [thread.thread_id, checkpoint]);
  const [set] = useState(once);
  const save = async (values) => {
    await set(`${at}/state`, { values: thread.is_graph ? changes(data.values, values) : values, checkpoint_id: checkpoint });
    onClose();
    changed();
  };
  return (
    <Dialog title="Edit the state" onClose={onClose} wide>
      <p class="note">A new checkpoint with this value. {thread.is_graph ? 'Only members that you change are set, as the graph’s reducers merge them.' : 'An unfinished run is abandoned, and stays readable.'}</p>
      <Problem error={error} />
      {data ? <ValueForm schema={data.schema} value={data.has ? data.values : undefined} label="State" verb="Set it" onSubmit={save} onClose={onClose} /> : error ? null : <Waiting />}
    </Dialog>
  );
}
