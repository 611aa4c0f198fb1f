setInterval(async () => {
  if (document.hidden || String(getSelection())) return;
  try {
    const answer = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    const main = document.querySelector("main");
    if (!fresh || fresh.innerHTML === main.dataset.seen) return;
    main.dataset.seen = fresh.innerHTML;
    for (const open of main.querySelectorAll("details[open]")) {
      const same = fresh.querySelector("#" + open.id);
      if (same) same.open = true;
    }
    main.replaceChildren(...fresh.childNodes);
    document.title = "sonet-portal";
  } catch {
    document.title = "sonet-portal (stopped)";
  }
}, 1000);
