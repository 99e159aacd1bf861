// Runs before the body is read: only the asked view is laid out, and nothing flashes.
document.documentElement.classList.add('scripts');
document.documentElement.dataset.view = (/^#(matrix|firms|requirements|documents|about)\b/.exec(location.hash) ?? [0, 'overview'])[1];
