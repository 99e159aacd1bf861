// Firms side by side on one requirement.
const MOST = 4; // firms that stand side by side
const compareAddress = (q, firms) => address({ view: 'compare', requirement: data.rows[q].id, with: firms.map((f) => member(data.firms[f].id)).join(',') });

/** Which requirement and which firms stand side by side: those of the address, else the best that there is. */
function compared() {
  const asked = find(data.rows, state.requirement ?? '');
  const q = asked >= 0 ? asked : Math.max(0, pack.best.findIndex((firms) => firms.length > 1));
  const named = [...(several(state.with) ?? [])].map((id) => find(data.firms, id)).filter((f) => f >= 0);
  const rest = [...pack.best[q], ...data.firms.keys()].filter((f) => !named.includes(f));
  return { q, firms: [...named, ...rest.slice(0, Math.max(0, 2 - named.length))].slice(0, MOST) };
}

function drawComparison() {
  if (!pack) return;
  const { q, firms } = compared();
  const turnTo = (row, chosen) => go({ requirement: data.rows[row].id, with: chosen.map((f) => member(data.firms[f].id)).join(','), cell: '' }, true);
  const groups = data.policies.map((policy, p) => make('optgroup', { label: policy.name[language()] }, ...data.rows.flatMap((row, at) => (row.policy === p ? [make('option', { value: at }, `${row.clause[language()]} ${row.title[language()]}`)] : []))));
  const which = make('select', { name: 'compare-requirement', onchange: () => turnTo(Number(which.value), firms) }, ...groups);
  which.value = q;
  const chooserOf = (f, at) => {
    const sign = (one) => `${data.glyphs[letterOf(q, one)]} ${named(data.firms[one])}`;
    const one = make('select', { name: 'compare-firm', onchange: () => turnTo(q, firms.map((old, place) => (place === at ? Number(one.value) : old))) }, ...data.firms.map((_, other) => make('option', { value: other, disabled: other !== f && firms.includes(other) }, sign(other))));
    one.value = f;
    return make('label', {}, make('span', {}, `${say('col-firm')} ${at + 1}`), one);
  };
  const more = [...pack.best[q], ...data.firms.keys()].find((f) => !firms.includes(f));
  const column = (f) => {
    const cell = evidenceOf({ q, f });
    if (cell) for (const article of $$('article', cell)) control(article);
    return make('section', { className: 'side', 'aria-label': named(data.firms[f]) },
      make('h3', {}, signAt({ q, f }), ' ', make('a', { href: `#f${f}` }, make('bdi', {}, named(data.firms[f])))),
      make('p', { className: 'state' }, say(`long-${levelOf(q, f)}`)), ...(cell ? [cell] : [make('p', { className: 'meta' }, materialOf(f)), ...saidOfCell({ q, f })]));
  };
  $('#comparison').replaceChildren(
    make('p', { className: 'chooser' }, make('label', {}, make('span', {}, say('col-requirement')), which), ...firms.map(chooserOf),
      ...(firms.length < MOST && more !== undefined ? [make('button', { type: 'button', onclick: () => turnTo(q, [...firms, more]) }, say('compare-more'))] : []),
      ...(firms.length > 2 ? [make('button', { type: 'button', onclick: () => turnTo(q, firms.slice(0, -1)) }, say('compare-fewer'))] : [])),
    make('h3', {}, make('a', { href: `#q${q}` }, titleOf(data.rows[q])), ' ', make('small', {}, data.policies[data.rows[q].policy].name[language()])), askOf(q),
    make('div', { className: 'sides' }, ...firms.map(column)));
}
