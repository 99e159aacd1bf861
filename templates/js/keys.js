// Keyboard and pointer in the matrix: one stop for Tab, arrows inside and up to the heads, Enter opens, Escape closes.
let current = null;
const open = ({ q, f }) => grid.sifted.rows[q] && grid.sifted.columns[f] && (!grid.sifted.cellwise || grid.sifted.match[q * COLUMNS + f]);
const reach = (place, index) => { const target = place && inner(place); if (target) target.tabIndex = index; };

/** Makes sure that exactly one visible cell can be reached with Tab. */
function settle() {
  if (current && open(current)) { reach(current, 0); return; }
  reach(current, -1);
  current = null;
  for (const q of grid.rowOrder) {
    const f = grid.columnOrder.find((column) => open({ q, f: column }));
    if (f !== undefined) { current = { q, f }; reach(current, 0); return; }
  }
}

function moveTo(place, focus = true) {
  reach(current, -1);
  current = place;
  if (focus) bring(place);
  reach(place, 0);
  if (focus) inner(place)?.focus({ preventScroll: true });
}

/** The next open cell from `place` in steps along one axis; `far` runs to the edge. */
function step(place, down, across, far = false) {
  const swap = Boolean(state.swap);
  const [dq, df] = swap ? [across, down] : [down, across];
  let at = [grid.rowOrder.indexOf(place.q), grid.columnOrder.indexOf(place.f)];
  let best = null;
  for (;;) {
    at = [at[0] + dq, at[1] + df];
    const next = { q: grid.rowOrder[at[0]], f: grid.columnOrder[at[1]] };
    if (next.q === undefined || next.f === undefined) return best;
    if (open(next)) { best = next; if (!far) return best; }
  }
}

function corner(last) {
  const rows = last ? [...grid.rowOrder].reverse() : grid.rowOrder;
  const columns = last ? [...grid.columnOrder].reverse() : grid.columnOrder;
  for (const q of rows) for (const f of columns) if (open({ q, f })) return { q, f };
  return null;
}

const MOVES = {
  ArrowDown: (p) => step(p, 1, 0), ArrowUp: (p) => step(p, -1, 0), ArrowRight: (p) => step(p, 0, 1), ArrowLeft: (p) => step(p, 0, -1),
  Home: (p, far) => (far ? corner(false) : step(p, 0, -1, true)), End: (p, far) => (far ? corner(true) : step(p, 0, 1, true)),
  PageDown: (p) => repeat(p, 1), PageUp: (p) => repeat(p, -1),
};

function repeat(place, direction) {
  let at = null;
  for (let count = 0; count < 10; count += 1) at = step(at ?? place, direction, 0) ?? at;
  return at;
}

const EDGE = { ArrowUp: 'column', ArrowLeft: 'line' };
const ALONG = {
  column: { ArrowDown: null, ArrowLeft: [0, -1], ArrowRight: [0, 1] },
  line: { ArrowRight: null, ArrowUp: [-1, 0], ArrowDown: [1, 0] },
};

/** Moves between the heads of columns or rows, or back to the cell; says whether the key was taken. */
function alongHeads(event) {
  const axis = event.target.closest('.names') ? 'column' : event.target.closest('th[scope="row"], [role="rowheader"]') ? 'line' : null;
  if (!axis || !(event.key in ALONG[axis])) return false;
  const by = ALONG[axis][event.key];
  if (!by) { moveTo(current); return true; }
  const next = step(current, ...by);
  if (next) { moveTo(next, false); bring(next); headLink(next, axis)?.focus({ preventScroll: true }); }
  return true;
}

function listen() {
  frame.addEventListener('keydown', (event) => {
    if (event.altKey) return;
    if (event.target === frame && current && MOVES[event.key]) { event.preventDefault(); moveTo(current); return; }
    const place = placeOf(event.target);
    if (!place) { if (current && alongHeads(event)) event.preventDefault(); return; }
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(place, true); return; }
    const next = MOVES[event.key]?.(place, event.ctrlKey || event.metaKey);
    if (!MOVES[event.key]) return;
    event.preventDefault();
    if (!next) { if (EDGE[event.key]) headLink(place, EDGE[event.key])?.focus(); return; }
    moveTo(next);
    if (state.cell) choose(next, false);
  });
  frame.addEventListener('click', (event) => {
    const place = placeOf(event.target);
    if (!place || !open(place)) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(place);
    choose(place, false);
  });
  const focused = () => (frame.contains(document.activeElement) ? placeOf(document.activeElement) : null);
  frame.addEventListener('focusin', (event) => cross(placeOf(event.target)));
  frame.addEventListener('focusout', () => cross(null));
  frame.addEventListener('mouseover', (event) => cross(placeOf(event.target) ?? focused()));
  frame.addEventListener('mouseleave', () => cross(focused()));
}
