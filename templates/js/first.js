// Runs before the body is read: only the asked view is laid out, the first screen before what lies below it, and nothing flashes.
{
  const { classList, dataset } = document.documentElement;
  const asked = /^#(\w+)/.exec(location.hash)?.[1];
  classList.add('scripts');
  if ('CSSMarginRule' in window) classList.add('margins'); // what every sheet says stands in its margin
  dataset.view = dataset.views.split(' ').includes(asked) ? asked : 'overview';
  requestAnimationFrame(() => setTimeout(() => classList.add('painted')));
}
