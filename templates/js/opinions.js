// What a language model says beside the program: a tag on each piece, a sign on a cell that it alone supports, and a
// queue that begins where the two differ. Only pages of a run with a second reader hold this script.
const FOUND_BY = ['', 'found-program', 'found-program', 'found-model', 'found-both', 'found-differs']; // as report/pack.py numbers them
const DIFFERING = new Set([2, 3, 5]);
const isAlone = ({ q, f }) => Boolean(pack) && pack.onlymodel.includes(q * COLUMNS + f);
const plainly = { piece, fillCell, fillQueue, saidOfCell };

piece = (e) => {
  const article = plainly.piece(e);
  const key = FOUND_BY[pack.found[e]];
  if (key) $('.evhead', article).append(' ', tag(key, DIFFERING.has(pack.found[e])));
  return article;
};

saidOfCell = (place) => [...(isAlone(place) ? [' ', tag('only-model', true)] : []), ...plainly.saidOfCell(place)];

fillCell = (cell, place, column) => {
  plainly.fillCell(cell, place, column);
  const alone = isAlone(place) && Boolean(cell.name);
  if (alone || cell.alone) {
    cell.style.textDecoration = alone ? 'underline dotted' : '';
    cell.title = alone ? say('only-model') : '';
    if (cell.name) cell.setAttribute('aria-label', alone ? `${cell.name}, ${say('only-model')}` : cell.name);
  }
  cell.alone = alone;
};

const others = { ...QUEUES };
for (const name of Object.keys(QUEUES)) delete QUEUES[name];
Object.assign(QUEUES, { differs: () => everyPiece().sort((a, b) => DIFFERING.has(pack.found[b]) - DIFFERING.has(pack.found[a]) || pack.percent[a] - pack.percent[b] || a - b) }, others);

fillQueue = () => {
  if (!QUEUES[state.queue]) state = { ...state, queue: 'differs' };
  return plainly.fillQueue();
};
