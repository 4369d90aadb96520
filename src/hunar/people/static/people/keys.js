// Says on the page what the library only writes to the console.
const words = document.querySelector("script[data-failed]").dataset.failed;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.getElementById("messages");
  const notice = document.createElement("p");
  notice.textContent = words;
  place.replaceChildren(notice);
});
