// "Copy the address": shown only where the browser can copy.
for (const place of document.querySelectorAll("[data-copy]")) {
  const button = place.querySelector("button");
  const input = place.querySelector("input");
  if (!navigator.clipboard || !button || !input) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(input.value);
    button.textContent = button.dataset.copied;
  });
}
