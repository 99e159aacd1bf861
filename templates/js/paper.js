// Printing: what is on the screen goes on paper, the filter is named, and the quotes behind the cells shown follow the matrix.
const PAPER = 45; // columns that a sheet of paper holds
const opened = [];

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

/** Marks the evidence of the cells that the filters show, with the heads over it. */
function markQuotes() {
  for (const marked of $$('.printed')) marked.classList.remove('printed');
  if (state.view !== 'matrix') return;
  for (const cell of $$('#firms .cell')) {
    const [, f, q] = /^x(\d+)-(\d+)$/.exec(cell.id);
    if (!open({ q: Number(q), f: Number(f) })) continue;
    let head = cell;
    while (head && head.tagName !== 'H4') head = head.previousElementSibling;
    for (const one of [cell, head, cell.closest('.profile')]) one?.classList.add('printed');
  }
}

function beforePrint() {
  root.classList.add('painted');
  const words = filtersInWords();
  const across = (state.swap ? grid.sifted.rows : grid.sifted.columns).filter(Boolean).length;
  $('#named').textContent = [...(words ? [say('filters-named', { words })] : []), ...(across > PAPER ? [say('too-wide', { number: across })] : [])].join(' ');
  markQuotes();
  const kept = root.hasAttribute('data-one') ? '' : ':not(.gaps, .signals, .choices, #filterbox)';
  opened.splice(0, Infinity, ...$$(`details:not([open])${kept}`));
  for (const one of opened) one.open = true;
}

function listenToPaper() {
  window.addEventListener('beforeprint', beforePrint);
  window.addEventListener('afterprint', () => { for (const one of opened) one.open = false; });
}
