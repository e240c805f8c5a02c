import { to } from '../base/route.js';
import { Badge, When } from './basics.jsx';

/** The runs of a thread as a tree: a fork stands below the run that it was forked from. */
export function Runs({ thread, run, tab }) {
  const byOrigin = new Map();
  const known = new Set(thread.runs.map((each) => each.run_id));
  thread.runs.forEach((each) => {
    const origin = known.has(each.forked_from) ? each.forked_from : '';
    byOrigin.set(origin, [...(byOrigin.get(origin) || []), each]);
  });
  const number = new Map(thread.runs.map((each) => [each.run_id, each.number]));
  const branch = (origin) => (
    <ul>
      {(byOrigin.get(origin) || []).map((each) => (
        <li key={each.run_id}>
          <a href={to(['threads', thread.thread_id, tab === 'compare' ? 'steps' : tab], { run: each.is_head ? undefined : each.run_id })} aria-current={each.run_id === run ? 'true' : undefined}>
            <span class="which">{each.forked_at ? '↳ ' : ''}Run {each.number}</span>
            <Badge name={each.status} label={each.status === 'idle' ? 'completed' : undefined} />
            <span class="facts">{each.forked_at ? `fork of ${number.get(each.forked_from) ? 'run ' + number.get(each.forked_from) : 'a run that is gone'}, ` : ''}<When at={each.forked_at || each.started_at} /></span>
          </a>
          {byOrigin.has(each.run_id) ? branch(each.run_id) : null}
        </li>
      ))}
    </ul>
  );
  return <nav class="runs" aria-label="Runs"><h2>Runs and forks</h2>{branch('')}{thread.more_before ? <p class="note">Older runs are in “States”.</p> : null}</nav>;
}
