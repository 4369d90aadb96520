// Filters that send themselves, a warning before entries are lost, one submission
// per form, and the focus on the list of errors.
const changed = new WeakSet();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) changed.add(form);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && event.target.type !== "search") form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  // A handler that stopped the sending (htmx, the theme) looks after itself.
  if (event.defaultPrevented) return;
  if (form.dataset.sent && form.method === "post") {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  changed.delete(form);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form && event.detail.successful) changed.delete(form);
});

addEventListener("beforeunload", (event) => {
  const open = [...document.querySelectorAll("form[data-unsaved]")];
  if (!open.some((form) => changed.has(form))) return;
  event.preventDefault();
  event.returnValue = document.body.dataset.sayUnsaved;
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.querySelector("[data-error-summary]")?.focus();
