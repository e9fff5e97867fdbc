// Loaded before the first paint, so that a chosen appearance does not flash.
// Storage throws in a sandboxed iframe; then the system's preference rules.
try {
  const chosen = localStorage.getItem("dam:scheme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen;
} catch {
  // No storage, no choice to remember.
}
document.documentElement.classList.add("js");
