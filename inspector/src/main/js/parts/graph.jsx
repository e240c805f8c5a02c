import dagre from '@dagrejs/dagre';
import { useMemo } from 'preact/hooks';

const BOX = { width: 150, height: 40 };

/**
 * A graph, its nodes as often as they ran. Where the run is now, and what it took, is said by lines and words as well as by colour.
 *
 * @param visits by node: how often it ran, whether it is open, and whether it failed
 */
export function Graph({ graph, visits, next }) {
  const { nodes, edges, width, height } = useMemo(() => layout(graph), [graph]);
  return (
    <div class="graph">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={said(visits, next)}>
        <defs>
          <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" /></marker>
        </defs>
        {edges.map((edge) => <path key={edge.key} class={edge.conditional ? 'edge conditional' : 'edge'} d={line(edge.points)} marker-end="url(#tip)" />)}
        {nodes.map((node) => <Box key={node.id} node={node} visit={visits.get(node.id)} isNext={next.includes(node.id)} />)}
      </svg>
    </div>
  );
}

function said(visits, next) {
  const all = [...visits].map(([name, { times, open, failed }]) => `${name} ran ${times} times${open ? ', open' : ''}${failed ? ', failed' : ''}`);
  return `The graph of the run. ${all.join('; ')}. Next: ${next.join(', ') || 'nothing'}.`;
}

function Box({ node, visit, isNext }) {
  const edge = node.id === '__start__' || node.id === '__end__';
  const tone = visit?.failed ? 'bad' : visit?.open || isNext ? 'now' : visit ? 'done' : '';
  const name = edge ? (node.id === '__start__' ? 'start' : 'end') : node.label;
  return (
    <g class={`node ${tone} ${edge ? 'terminal' : ''}`} transform={`translate(${node.x - node.width / 2} ${node.y - node.height / 2})`}>
      <rect width={node.width} height={node.height} rx={edge ? 20 : 7} />
      <text x={node.width / 2} y={node.height / 2 + 4.5}>{name.length > 18 ? name.slice(0, 17) + '…' : name}</text>
      {visit && visit.times > 0 ? <><circle cx={node.width} cy="0" r="11" /><text class="times" x={node.width} y="4">{visit.times}</text></> : null}
      {isNext && !visit?.open ? <text class="nextword" x={node.width / 2} y={node.height + 15}>next</text> : null}
      <title>{node.label}</title>
    </g>
  );
}

function layout({ nodes, edges }) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 40, ranksep: 46, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  nodes.forEach((node) => {
    const edge = node.id.startsWith('__');
    graph.setNode(node.id, { label: node.data?.name || node.id, ...(edge ? { width: 70, height: 34 } : BOX) });
  });
  edges.forEach((edge, i) => graph.setEdge(edge.source, edge.target, { conditional: edge.conditional === true }, String(i)));
  dagre.layout(graph);
  const size = graph.graph();
  return {
    width: Math.ceil(size.width),
    height: Math.ceil(size.height),
    nodes: graph.nodes().map((id) => ({ id, ...graph.node(id) })),
    edges: graph.edges().map((edge) => ({ key: `${edge.v} ${edge.w} ${edge.name}`, ...graph.edge(edge) })),
  };
}

function line(points) {
  const [first, ...rest] = points;
  let path = `M${first.x} ${first.y}`;
  for (let i = 0; i < rest.length - 1; i++) {
    const middle = { x: (rest[i].x + rest[i + 1].x) / 2, y: (rest[i].y + rest[i + 1].y) / 2 };
    path += `Q${rest[i].x} ${rest[i].y} ${middle.x} ${middle.y}`;
  }
  const last = rest[rest.length - 1];
  return `${path}L${last.x} ${last.y}`;
}
