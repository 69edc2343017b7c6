// Runs before the page is drawn, so that it never flashes in the other theme.
try {
  const chosen = localStorage.getItem('clawlive.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // No storage: the system's theme it is.
}
