/** Words for what the server sends. */
export const STATUS = {
  succeeded: { word: 'succeeded', tone: 'ok', sign: '✓' },
  failed: { word: 'failed', tone: 'bad', sign: '✕' },
  retrying: { word: 'waits to retry', tone: 'wait', sign: '↻' },
  pending: { word: 'open', tone: 'run', sign: '●' },
  cancelled: { word: 'cancelled', tone: 'dim', sign: '–' },
  withdrawn: { word: 'withdrawn', tone: 'dim', sign: '–' },
  idle: { word: 'idle', tone: 'ok', sign: '✓' },
  running: { word: 'running', tone: 'run', sign: '●' },
  sleeping: { word: 'sleeping', tone: 'run', sign: '◔' },
  answered: { word: 'answered', tone: 'run', sign: '●' },
  busy: { word: 'busy', tone: 'run', sign: '●' },
  interrupted: { word: 'asks', tone: 'wait', sign: '?' },
  error: { word: 'error', tone: 'bad', sign: '✕' },
  crashed: { word: 'crashed', tone: 'bad', sign: '✕' },
  blocked: { word: 'blocked', tone: 'bad', sign: '✕' },
  undoing: { word: 'undoing', tone: 'run', sign: '↶' },
  undone: { word: 'undone', tone: 'dim', sign: '↶' },
  stuck: { word: 'stuck', tone: 'bad', sign: '✕' },
};

export const status = (name) => STATUS[name] || { word: String(name), tone: 'dim', sign: '·' };

const KINDS = { task: 'task', node: 'node', ask: 'question', child: 'child workflow', timer: 'timer', breakpoint: 'breakpoint', patch: 'patch', undo: 'undo', settle: 'settling' };
export const kind = (name) => KINDS[name] || name;

export function duration(ms) {
  if (ms === null || ms === undefined || Number.isNaN(ms)) {
    return '';
  }
  if (ms < 1) {
    return '< 1 ms';
  }
  if (ms < 1000) {
    return Math.round(ms) + ' ms';
  }
  if (ms < 60000) {
    return (ms / 1000).toFixed(ms < 10000 ? 1 : 0) + ' s';
  }
  const minutes = Math.floor(ms / 60000);
  if (minutes < 60) {
    return `${minutes} min ${Math.round((ms % 60000) / 1000)} s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

export function ago(text, now = Date.now()) {
  if (!text) {
    return '';
  }
  const ms = now - Date.parse(text);
  if (ms < -1500) {
    return 'in ' + rough(-ms);
  }
  return ms < 5000 ? 'just now' : rough(ms) + ' ago';
}

function rough(ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) {
    return seconds + ' s';
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) {
    return minutes + ' min';
  }
  const hours = Math.round(minutes / 60);
  return hours < 36 ? hours + ' h' : Math.round(hours / 24) + ' days';
}

export function clock(text) {
  if (!text) {
    return '';
  }
  const at = new Date(text);
  const day = at.toDateString() === new Date().toDateString() ? '' : at.toLocaleDateString(undefined, { month: 'short', day: 'numeric' }) + ' ';
  return day + at.toLocaleTimeString(undefined, { hour12: false }) + '.' + String(at.getMilliseconds()).padStart(3, '0');
}

/** One member of a list, or several. */
export const count = (n, one, many = one + 's') => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** Why a step ran more than once, a sentence for each time. */
export function reasons(step, run) {
  const failed = (step.tries || []).filter((each) => each.failure);
  let retry = 0;
  const all = (step.reruns || []).map((rerun) => {
    const at = clock(rerun.at);
    switch (rerun.cause) {
      case 'retried': {
        const failure = failed[retry++]?.failure;
        const why = failure ? `${failure.error}: ${failure.message}` : 'see the attempts';
        return { at: rerun.at, title: `Attempt ${retry} failed, and its retry policy allows another one.`, why };
      }
      case 'scope_retried':
        return { at: rerun.at, title: 'The step that called it failed, and was retried as a whole.', why: `The new attempt began at ${at}.` };
      case 'recovered':
        return {
          at: rerun.at,
          title: 'The process that executed the run died.',
          why: `Another one took the run over at ${at}. No result of this step was recorded by then, so it was executed (again). `
            + 'What it had done outside of Clew before may have been done twice.',
        };
      case 'proceeded':
        return { at: rerun.at, title: 'The run had stopped, and a person let it proceed.', why: `At ${at}. What had failed ran again; what had succeeded was kept.` };
      case 'asked_anew':
        return { at: rerun.at, title: 'The question was asked with other words than before.', why: `So the earlier answer does not count (${at}).` };
      default:
        return { at: rerun.at, title: rerun.cause, why: '' };
    }
  });
  if (run?.forked_from && !step.kept) {
    all.unshift({
      at: run.forked_from.at,
      title: 'This run was forked before this step.',
      why: `What was recorded before the fork at ${clock(run.forked_from.at)} was taken over; this step was executed anew, whatever it did in the run before.`,
    });
  }
  return all;
}

/** What a step did, in one line: each attempt, and what it waits for. */
export function told(step) {
  const said = (step.tries || []).map((each, i) => {
    const took = each.started_at ? ` after ${duration(Date.parse(each.ended_at) - Date.parse(each.started_at))}` : '';
    return each.failure ? `attempt ${i + 1} failed${took}: ${each.failure.error}: ${each.failure.message}` : `attempt ${i + 1} ${status(step.status).word}${took}`;
  });
  if (step.kept) {
    said.unshift('taken over from the run before');
  } else if (!said.length) {
    said.push(step.cached ? 'from the cache' : step.kind === 'ask' && step.status === 'succeeded' ? `answered after ${duration(step.took_ms)}` : status(step.status).word);
  }
  if (!step.ended_at) {
    said.push(step.status === 'retrying' ? `next attempt at ${clock(step.deadline)}` : `open since ${clock(step.since)}`);
  }
  return said.join(' · ');
}
