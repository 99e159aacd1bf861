// What requirements are to each other: versions side by side, what is repealed, and what corresponds across policies.

/** The mark of a requirement that is no longer in force. */
const standingOf = (q) => (data.rows[q].standing ? [' ', make('span', { className: 'tag early' }, say(`standing-${data.rows[q].standing}`))] : []);

/** Both versions of a requirement side by side, the older at the left, for each step that it took. */
function versionsOf(q) {
  const { standing, older = [], newer = [] } = data.rows[q];
  const side = (one, key) => make('div', {}, make('h4', {}, say(key), ' · ', data.policies[data.rows[one].policy].name[language()]),
    make('p', {}, make('a', { href: `#q${one}` }, titleOf(data.rows[one])), ...standingOf(one)), make('p', { className: 'ask' }, pack.rows[one][language()]));
  const step = (old, fresh, change) => make('section', { className: 'versions' }, make('p', { className: 'meta' }, tag(`change-${change}`)),
    make('div', { className: 'pair' }, side(old, 'version-old'), side(fresh, 'version-new')));
  return [
    ...(standing ? [make('p', { className: 'state' }, say(`standing-note-${standing}`))] : []),
    ...older.map(([old, change]) => step(old, q, change)), ...newer.map(([fresh, change]) => step(q, fresh, change)),
  ];
}

/** What corresponds in other policies, and the evidence that the same firm has under what is equal, marked as such. */
function linksOf({ q, f }) {
  const links = data.rows[q].links ?? [];
  if (!links.length) return [];
  const line = ([other, relation, why]) => make('li', {}, tag(`relation-${relation}`), ' ', signAt({ q: other, f }), ' ',
    make('a', { href: addressOfCell({ q: other, f }) }, data.policies[data.rows[other].policy].name[language()], ' ', titleOf(data.rows[other])),
    ...(why ? [' ', make('small', { lang: 'zh-CN' }, why)] : []));
  const own = new Set(piecesOf({ q, f }).map(wordsOf));
  const lent = links.filter(([, relation]) => relation === 'equal').map(([other]) => [other, piecesOf({ q: other, f }).filter((e) => !own.has(wordsOf(e)))]).filter(([, pieces]) => pieces.length);
  return [make('section', { className: 'linked' }, make('h3', {}, say('links-head')), make('ul', { className: 'plainlist' }, ...links.map(line)),
    ...lent.map(([other, pieces]) => make('section', { className: 'lent' },
      make('p', { className: 'state' }, say('lent', { number: pieces.length, requirement: `${data.policies[data.rows[other].policy].name[language()]} ${titleOf(data.rows[other])}` })),
      ...pieces.map((e) => { const one = piece(e); one.classList.add('lent'); $('.evhead', one).append(' ', tag('lent-tag', true)); return one; }))))];
}

/** What tells a piece's words: two requirements may be evidenced by the same ones. */
const wordsOf = (e) => `${pack.document[e]} ${pack.start[e]} ${pack.length[e]}`;
