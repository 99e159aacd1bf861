// Runs before the body is read: only the asked view is laid out, the first screen before what lies below it, and nothing flashes.
document.documentElement.classList.add('scripts');
document.documentElement.dataset.view = (/^#(matrix|firms|requirements|documents|about)\b/.exec(location.hash) ?? [0, 'overview'])[1];
requestAnimationFrame(() => setTimeout(() => document.documentElement.classList.add('painted')));
