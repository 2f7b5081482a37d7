// Sends the chosen file as the body of a request. How far it is, and how it goes on, the server counts and shows; here is said only what it cannot know.
function say(words) {
  const field = document.querySelector("[data-upload-problem]");
  if (!field) return;
  field.value = words;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

const stay = (event) => event.preventDefault();

export async function send(input) {
  const [file] = input.files;
  if (!file) return;
  const token = input.form.elements.namedItem("__RequestVerificationToken")?.value ?? "";
  say("");
  addEventListener("beforeunload", stay);
  try {
    const answer = await fetch("data/upload", {
      method: "POST",
      body: file,
      redirect: "manual",
      headers: { "Content-Type": "application/octet-stream", "RequestVerificationToken": token, "X-File-Name": encodeURIComponent(file.name) },
    });
    if (answer.type === "opaqueredirect") say("You are no longer signed in. Load the page again.");
    else if (!answer.ok) say((await answer.text()).slice(0, 300));
  } catch {
    say("The connection broke off while the file was sent.");
  } finally {
    removeEventListener("beforeunload", stay);
    input.value = "";
  }
}
