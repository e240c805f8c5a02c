import { useEffect, useRef, useState } from 'preact/hooks';
import { get, patch, post, remove, segment } from '../base/api.js';
import { useLoad } from '../base/load.js';
import { to } from '../base/route.js';
import { ago } from '../base/words.js';
import { Act, Badge, Clock, Confirm, Empty, Problem, Tag, Waiting, When } from '../parts/basics.jsx';

const EVERY = 3000;

function useEach(path) {
  const loaded = useLoad((signal) => get(path, signal), [path]);
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && loaded.reload(), EVERY);
    return () => clearInterval(timer);
  }, [loaded.reload]);
  return loaded;
}

/** The queues, and who takes from them. */
export function Queues() {
  const { data, error, reload } = useEach('/clew/queues');
  const { data: workers } = useEach('/clew/workers');
  return (
    <main id="main">
      <header class="head"><h1>Queues</h1></header>
      <Problem error={error} />
      {data ? data.queues.map((queue) => <Queue key={queue.name} queue={queue} now={data.now} changed={reload} />) : error ? null : <Waiting />}
      <h2>Workers</h2>
      {workers && workers.workers.length ? (
        <table class="list">
          <thead><tr><th scope="col">Worker</th><th scope="col">Queue</th><th scope="col">Slots</th><th scope="col">Seen</th><th scope="col" class="wide">Workflows</th></tr></thead>
          <tbody>
            {workers.workers.map((each) => (
              <tr key={each.owner + each.queue}>
                <td class="mono id">{each.owner}{each.deployment ? <Tag>{each.deployment}</Tag> : null}</td><td>{each.queue}</td><td>{each.slots}</td><td class="when"><When at={each.seen_at} /></td>
                <td class="wide">{each.workflows.map((flow) => <Tag key={flow}>{flow}</Tag>)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : workers ? <p class="note">No worker was seen in the last ten minutes: what is enqueued waits.</p> : null}
    </main>
  );
}

/** Whoever sees the requests of some threads only sees no settings, and may not change them. */
const isWhole = (queue) => queue.is_paused !== undefined;

const limits = ({ global_concurrency: all, per_key_concurrency: each }) => [all ? `${all} at once` : null, each ? `${each} of each key` : null].filter(Boolean).join(', ') || 'none';

function Queue({ queue, now, changed }) {
  const { counts } = queue;
  const [open, setOpen] = useState(false);
  const at = `/clew/queues/${segment(queue.name)}`;
  return (
    <section class="queue" aria-label={`Queue ${queue.name}`}>
      <header class="head">
        <h2>{queue.name} {queue.is_paused ? <Tag tone="wait" title="No new run is opened; runs that were opened continue.">paused</Tag> : null}</h2>
        <span class="grow" />
        {isWhole(queue) ? <Act act={() => patch(at, { is_paused: !queue.is_paused })} done={changed}>{queue.is_paused ? 'Resume' : 'Pause'}</Act> : null}
        {isWhole(queue) ? <button type="button" onClick={() => setOpen(true)}>Limits</button> : null}
      </header>
      {open ? <Limits queue={queue} at={at} onDone={changed} onClose={() => setOpen(false)} /> : null}
      <dl class="figures">
        <div><dt>ready</dt><dd>{counts.ready}</dd></div>
        <div><dt>oldest</dt><dd>{queue.oldest ? ago(queue.oldest, Date.parse(now)) : 'none'}</dd></div>
        <div><dt>running</dt><dd>{counts.taken}</dd></div>
        <div><dt>behind others</dt><dd>{counts.waiting}</dd></div>
        <div><dt>delayed</dt><dd>{counts.delayed}</dd></div>
        {isWhole(queue) ? <><div><dt>workers</dt><dd>{queue.workers}</dd></div><div><dt>slots</dt><dd>{queue.slots}</dd></div><div><dt>limits</dt><dd>{limits(queue)}</dd></div></> : null}
      </dl>
      {queue.untaken.length ? <p class="stopped bad">No worker has {queue.untaken.join(', ')}, so requests of these wait.</p> : null}
      {queue.held.length ? <><h3>Held: no worker takes these before a person acts</h3><ul>{queue.held.map((each) => <li key={each.request_id}><a href={to(['threads', each.thread_id])} class="mono">{each.thread_id}</a> {each.cause} {isWhole(queue) ? <Act quiet act={() => post(at + '/retry', { thread_id: each.thread_id, request_id: each.request_id })} done={changed}>Take it again</Act> : null}</li>)}</ul></> : null}
      {queue.keys?.length ? (
        <table class="list keys">
          <caption>By key</caption>
          <thead><tr><th scope="col">Key</th><th scope="col">Running</th><th scope="col">Ready</th></tr></thead>
          <tbody>{queue.keys.map((each) => <tr key={each.key}><td class="id mono">{each.key}</td><td>{each.running}</td><td>{each.ready}</td></tr>)}</tbody>
        </table>
      ) : null}
      {queue.running.length ? (
        <table class="list">
          <thead><tr><th scope="col">Request of</th><th scope="col">State</th><th scope="col">Key</th><th scope="col">Enqueued</th><th scope="col">Taken</th></tr></thead>
          <tbody>{queue.running.map((each) => <tr key={each.request_id}><td class="id"><a class="mono" href={to(['threads', each.thread_id])}>{each.thread_id}</a></td><td>{each.state === 'taken' ? 'running' : each.state}</td><td>{each.key || ''}</td><td><When at={each.enqueued_at} /></td><td>{each.attempts ? `${each.attempts} times` : ''}</td></tr>)}</tbody>
        </table>
      ) : null}
    </section>
  );
}

/** How many runs execute at once. */
function Limits({ queue, at, onDone, onClose }) {
  const [all, setAll] = useState(queue.global_concurrency);
  const [each, setEach] = useState(queue.per_key_concurrency);
  const field = (id, label, value, set) => (
    <div class="field"><label for={id}>{label} <span class="hint">0 for no limit</span></label><input id={id} type="number" min="0" step="1" required value={value} onInput={(e) => set(e.target.value)} /></div>
  );
  return (
    <Confirm title={`Limits of ${queue.name}`} verb="Set them" act={() => patch(at, { global_concurrency: Number(all), per_key_concurrency: Number(each) })} onDone={onDone} onClose={onClose}>
      <p>They hold in all processes, for runs that begin from now on.</p>
      {field('limit-all', 'Runs at once', all, setAll)}
      {field('limit-key', 'Runs of one key at once', each, setEach)}
    </Confirm>
  );
}

export function Schedules() {
  const { data, error, reload } = useEach('/clew/schedules');
  const [deletes, setDeletes] = useState(null);
  return (
    <main id="main">
      <header class="head"><h1>Schedules</h1></header>
      <Problem error={error} />
      {!data ? (error ? null : <Waiting />) : data.schedules.length ? (
        <table class="list stacked">
          <thead><tr><th scope="col">Schedule</th><th scope="col">State</th><th scope="col">Workflow</th><th scope="col">Ticks</th><th scope="col">Next</th><th scope="col">Last run</th><th scope="col">Acts</th></tr></thead>
          <tbody>
            {data.schedules.map((each) => (
              <tr key={each.name}>
                <td class="mono id">{each.name}</td>
                <td>{each.is_paused ? <Badge name="cancelled" label="paused" /> : <Badge name="running" label="on" />}</td>
                <td>{each.workflow}</td><td class="mono">{each.ticks}</td>
                <td>{each.next ? <><Clock at={each.next} /> <span class="facts">(<When at={each.next} />)</span></> : 'none'}</td>
                <td>{each.last_thread_id ? <a class="mono" href={to(['threads', each.last_thread_id])}>{each.last_thread_id}</a> : 'none'}</td>
                <td><ScheduleActs schedule={each} changed={reload} onDelete={() => setDeletes(each)} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : <Empty title="No schedule."><p>A schedule enqueues runs at its ticks: a program makes one, or a client’s cron.</p></Empty>}
      {deletes ? (
        <Confirm title="Delete the schedule?" verb="Delete it" danger act={() => remove(`/clew/schedules/${segment(deletes.name)}`)} onDone={reload} onClose={() => setDeletes(null)}>
          <p><span class="mono">{deletes.name}</span> fires no more. What it enqueued stays.</p>
        </Confirm>
      ) : null}
    </main>
  );
}

function ScheduleActs({ schedule, changed, onDelete }) {
  const at = `/clew/schedules/${segment(schedule.name)}`;
  // A run is named by its moment: a press whose answer was lost is sent with the same one again.
  const moment = useRef(null);
  const fire = async () => {
    moment.current ||= new Date().toISOString();
    await post(at + '/fire', { at: moment.current });
    moment.current = null;
  };
  return (
    <div class="acts">
      <Act act={fire} done={changed}>Fire now</Act>
      <Act act={() => patch(at, { is_paused: !schedule.is_paused })} done={changed}>{schedule.is_paused ? 'Resume' : 'Pause'}</Act>
      <button type="button" class="danger" onClick={onDelete}>Delete</button>
    </div>
  );
}
