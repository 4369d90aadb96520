// Light or dark without a page load. Without this module the form posts.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-switch]");
  if (!form) return;
  event.preventDefault();
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const chosen = (root.dataset.theme || system) === "dark" ? "light" : "dark";
  root.dataset.theme = chosen;
  document.cookie = `theme=${chosen};path=/;max-age=31536000;samesite=lax`;
});
