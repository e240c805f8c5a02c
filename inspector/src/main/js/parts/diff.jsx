import { difference, place } from '../base/diff.js';
import { Json } from './json.jsx';

/** How two values differ, place by place. */
export function Difference({ before, after }) {
  const all = difference(before, after);
  if (!all.length) {
    return <p class="note">They are equal.</p>;
  }
  return (
    <table class="diff">
      <thead><tr><th scope="col">where</th><th scope="col">left</th><th scope="col">right</th></tr></thead>
      <tbody>
        {all.map((each) => (
          <tr key={place(each.path)} class={each.kind}>
            <th scope="row"><span class="mono">{place(each.path)}</span> <span class="hint">{each.kind}</span></th>
            <td>{each.kind === 'added' ? <span class="void">not there</span> : <Json value={each.before} open={1} copy={false} />}</td>
            <td>{each.kind === 'removed' ? <span class="void">not there</span> : <Json value={each.after} open={1} copy={false} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
