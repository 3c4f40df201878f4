// Where the nodes and labels of a state machine go. dagre does it, left to right; loops of one state are drawn here.

const CHAR = 7.2, LINE = 17, NODE_HEIGHT = 34;
const MOST_NODES = 150;  // beyond that only what the run passes is drawn

// Folded: request and reply are one edge, as the writer made them. Full: a node for every point.
const graphOf = (machine, full) => {
  if (!full) {
    return {
      nodes: machine.nodes.map(node => ({...node, name: machine.states[node.state].words})),
      edges: machine.edges.map(edge => ({from: edge.from, to: edge.to, labels: edge.labels})),
    };
  }
  const edges = new Map();
  machine.transitions.forEach((row, id) => {
    const key = `${row.from} ${row.to}`;
    if (!edges.has(key)) edges.set(key, {fromState: row.from, toState: row.to, labels: []});
    edges.get(key).labels.push({text: machine.messages[row.message].name + row.sign, actions: [id]});
  });
  const entries = new Map(machine.nodes.map(node => [node.state, node]));
  const used = new Set([...edges.values()].flatMap(edge => [edge.fromState, edge.toState]));
  const states = machine.states.map((state, id) => id).filter(id => used.has(id) || entries.has(id));
  const index = new Map(states.map((state, i) => [state, i]));
  return {
    nodes: states.map(state => ({...(entries.get(state) || {}), state, name: machine.states[state].words})),
    edges: [...edges.values()].map(edge => ({from: index.get(edge.fromState), to: index.get(edge.toState), labels: edge.labels})),
  };
};

// Only what a run passes: `used` holds its transitions, `here` states that must stay.
const narrowed = (graph, used, here) => {
  const edges = graph.edges.filter(edge => edge.labels.some(label => label.actions.some(id => used.has(id))));
  const keep = new Set(edges.flatMap(edge => [edge.from, edge.to]));
  graph.nodes.forEach((node, i) => { if (here.includes(node.state) || node.entry) keep.add(i); });
  const rows = [...keep].sort((a, b) => a - b);
  const index = new Map(rows.map((row, i) => [row, i]));
  return {nodes: rows.map(row => graph.nodes[row]), edges: edges.map(edge => ({...edge, from: index.get(edge.from), to: index.get(edge.to)}))};
};

const widthOf = text => text.length * CHAR;

const layOut = graph => {
  const laid = new dagre.graphlib.Graph({multigraph: true});
  laid.setGraph({rankdir: 'LR', nodesep: 28, ranksep: 34, edgesep: 16, marginx: 46, marginy: 26});
  graph.nodes.forEach((node, i) => laid.setNode(String(i), {width: widthOf(clip(node.name, 32)) + 30, height: NODE_HEIGHT}));
  graph.edges.forEach((edge, i) => {
    if (edge.from === edge.to) return;
    const width = Math.max(...edge.labels.map(label => widthOf(clip(label.text, 40))));
    laid.setEdge(String(edge.from), String(edge.to), {width: width + 10, height: edge.labels.length * LINE + 4, labelpos: 'c'}, String(i));
  });
  loops(graph).forEach(({node, labels}) => {  // room above the node
    const row = laid.node(String(node));
    row.width = Math.max(row.width, ...labels.map(label => widthOf(clip(label.text, 40)) + 8));
    row.loop = labels.length * LINE + 26;
    row.height += row.loop * 2;
  });
  dagre.layout(laid);
  const nodes = graph.nodes.map((node, i) => {
    const {x, y, width, height, loop} = laid.node(String(i));
    return {...node, x, y, width: widthOf(clip(node.name, 32)) + 30, height: loop ? height - loop * 2 : height};
  });
  const edges = graph.edges.map((edge, i) => {
    if (edge.from === edge.to) return {...edge, ...loopPath(nodes[edge.from], edge.labels.length)};
    const row = laid.edge(String(edge.from), String(edge.to), String(i));
    const points = toBoxes(row.points, nodes[edge.from], nodes[edge.to]);
    return {...edge, path: curve(points), x: row.x, y: row.y, tip: points.slice(-2)};
  });
  const {width, height} = laid.graph();
  return {nodes, edges, width, height};
};

// dagre reserved room for loops, so its lines end too early: they go on to the box.
const toBoxes = (points, from, to) => [border(from, points[1]), ...points.slice(1, -1), border(to, points[points.length - 2])];
const border = (node, toward) => {
  const [dx, dy] = [toward.x - node.x, toward.y - node.y];
  const part = Math.min(dx === 0 ? Infinity : node.width / 2 / Math.abs(dx), dy === 0 ? Infinity : node.height / 2 / Math.abs(dy), 1);
  return {x: node.x + dx * part, y: node.y + dy * part};
};

const loops = graph => graph.edges.filter(edge => edge.from === edge.to).map(edge => ({node: edge.from, labels: edge.labels}));

const loopPath = (node, labels) => {
  const top = node.y - node.height / 2, x1 = node.x - 14, x2 = node.x + 14;
  return {path: `M ${x1} ${top} C ${x1 - 16} ${top - 26}, ${x2 + 16} ${top - 26}, ${x2} ${top}`,
    x: node.x, y: top - 24 - (labels - 1) * LINE / 2, tip: [{x: x2 + 8, y: top - 14}, {x: x2, y: top}]};
};

const curve = points => {
  let path = `M ${points[0].x.toFixed(1)} ${points[0].y.toFixed(1)}`;
  for (let i = 1; i < points.length - 1; ++i) {
    const end = i === points.length - 2 ? points[i + 1] : {x: (points[i].x + points[i + 1].x) / 2, y: (points[i].y + points[i + 1].y) / 2};
    path += ` Q ${points[i].x.toFixed(1)} ${points[i].y.toFixed(1)} ${end.x.toFixed(1)} ${end.y.toFixed(1)}`;
  }
  return path;
};
