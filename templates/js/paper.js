// Printing: the matrix that the filters leave and the best quotes of its cells, or one sheet, its summary first. No heap of paper unasked.
const PAPER = 45; // columns that a sheet of paper holds
const MANY = 8; // sheets that nobody need be asked about
const opened = [];
let wanted = null; // what was asked for: all of it or the short form; null where the browser prints of itself

/** The filters in words: «Kind of firm: Banks». */
function filtersInWords() {
  const words = [];
  if (state.words) words.push(`「${state.words}」`);
  for (const list of $$('.choices.some', form)) words.push(`${$('.caption', list).innerText}${say('colon')}${$$('input:checked', list).map(labelOf).join(say('comma'))}`);
  for (const field of $$('select', form)) if (field.value) words.push(`${$('span', field.parentNode).innerText}${say('colon')}${field.selectedOptions[0].textContent}`);
  const levels = $$('.legend input:checked').map((box) => say(`level-${box.value}`));
  if (levels.length) words.push(levels.join(say('comma')));
  if (state.holes) words.push(say('holes'));
  return words.join(language() ? '; ' : '；');
}

/** About how many sheets the short form and the whole take; nothing where there is but one form. */
function sheetsOf() {
  if (state.view === 'matrix' && $('.sheetgrid')) {
    const rows = grid.rowOrder.filter((q) => grid.sifted.rows[q]);
    const quotes = rows.flatMap((q) => grid.columnOrder.filter((f) => found.pieces[q * COLUMNS + f] && open({ q, f }))).length;
    const short = Math.ceil(rows.length / 28);
    return { short, whole: short + Math.ceil((rows.length * 14 + quotes * 13) / 175), keys: ['print-matrix', 'print-quotes', 'quotes-left'] };
  }
  const f = state.view === 'firms' && state.firm ? find(data.firms, state.firm) : -1;
  return f < 0 || !pack ? null : { short: 2, whole: 2 + Math.ceil(piecesAbout(f) / 6), keys: ['print-summary', 'print-proof', 'proof-left'] };
}

/** Prints, or asks first what, where there is a short form and the whole is long. */
function askToPrint() {
  const sheets = sheetsOf();
  const start = (form) => () => { wanted = form; print(); };
  if (!sheets || sheets.whole <= MANY) { start('all')(); return; }
  ask(say('print-head'), [], [[say(sheets.keys[0], { number: sheets.short }), start('short')], [say(sheets.keys[1], { number: sheets.whole }), start('all')]]);
}

/** Leaves of the static matrix and its quotes what the filters show, with the sums that they give. */
function siftForPaper() {
  const { rows, columns, sums, cellwise, match } = grid.sifted;
  const table = $('.sheetgrid');
  if (!table) return;
  const kinds = data.firms.map((firm) => firm.kind);
  const ratioOf = (cell, sum) => { cell.textContent = ratio(sum); };
  const [groups, names, totals] = $('thead', table).rows;
  [...new Set(kinds)].forEach((kind, at) => { const span = kinds.filter((one, f) => one === kind && columns[f]).length; groups.cells[at + 2].hidden = !span; groups.cells[at + 2].colSpan = span || 1; });
  totals.cells[0].textContent = say(`totals-${counts(state, grid.sifted)}`);
  ratioOf(totals.cells[1], sums.all);
  data.firms.forEach((_, f) => { names.cells[f].hidden = totals.cells[f + 2].hidden = !columns[f]; ratioOf(totals.cells[f + 2], sums.columns[f]); });
  let q = 0;
  [...table.tBodies].forEach((body, p) => {
    const [head, ...lines] = body.rows;
    ratioOf(head.cells[1], sums.policies[p]);
    for (const line of lines) {
      line.hidden = !rows[q];
      ratioOf(line.cells[1], sums.rows[q]);
      data.firms.forEach((_, f) => {
        const key = q * COLUMNS + f;
        line.cells[f + 2].hidden = !columns[f];
        line.cells[f + 2].classList.toggle('dim', Boolean(cellwise) && !match[key]);
        if (columns[f] && rows[q]) { const item = document.getElementById(`x${f}-${q}`); if (item) item.hidden = !open({ q, f }); }
      });
      const asked = document.getElementById(`q${q}`);
      asked.hidden = !rows[q] || !data.firms.some((_, f) => columns[f] && found.pieces[q * COLUMNS + f] && open({ q, f }));
      q += 1;
    }
    body.hidden = lines.every((line) => line.hidden);
  });
  for (const item of $$('#requirements .static .best li')) { const [, f] = /^x(\d+)-/.exec(item.id); if (!columns[f]) item.hidden = true; }
  for (const group of $$('#requirements .static .group')) group.hidden = !$('.asked:not([hidden])', group);
}

function beforePrint() {
  root.classList.add('painted');
  const sheets = sheetsOf();
  const all = wanted ? wanted === 'all' : !sheets || sheets.whole <= MANY;
  root.dataset.paper = all ? 'all' : 'short';
  const words = filtersInWords();
  const across = grid.sifted.columns.filter(Boolean).length;
  const left = wanted || all ? [] : [say(sheets.keys[2], { number: sheets.whole - sheets.short })];
  $('#named').textContent = [...(words ? [say('filters-named', { words })] : []), ...(across > PAPER ? [say('too-wide', { number: across })] : []), ...left].join(' ');
  for (const note of $$('.leftnote')) note.remove();
  if (state.view === 'firms' && left.length) $('#sheet-firms .summary')?.prepend(make('p', { className: 'leftnote onpaper' }, ...left));
  if (state.view === 'matrix') siftForPaper();
  wanted = null;
  const kept = root.hasAttribute('data-one') ? '' : ':not(.gaps, .signals, .choices, #filterbox)';
  opened.splice(0, Infinity, ...$$(`details:not([open])${kept}`));
  for (const one of opened) one.open = true;
}

function listenToPaper() {
  window.addEventListener('beforeprint', beforePrint);
  window.addEventListener('afterprint', () => { for (const one of opened) one.open = false; });
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'p' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    askToPrint();
  });
}
