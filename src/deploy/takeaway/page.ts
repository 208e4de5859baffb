import { toBase64 } from '../../experiment/base64';
import { escapeText } from '../../experiment/escape-text';
import type { Asked, TakeawayConfig } from './config';
import program from './app.ts?program';
import style from './page.css?inline';

/**
 * One HTML file that holds a network, what runs it, and a pad or a form to ask it; it asks no other file, and
 * opens from a disk. The program in it is deflated: as text it would be the larger part.
 */
export async function takeawayPage(config: TakeawayConfig): Promise<string> {
  const { title, language, link, facts, words, asked } = config;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeText(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeText(title)}</h1>
<main>
<section id="input"><p>${escapeText(hintOf(asked, words))}</p></section>
<section id="answer" aria-label="${escapeText(words.answer)}" aria-live="polite"></section>
</main>
<p>${escapeText(facts)} <a href="${escapeText(link)}">${escapeText(words.experiment)}</a></p>
<script type="application/json" id="config">${JSON.stringify(config).replaceAll('<', '\\u003c')}</script>
<script type="text/plain" id="program">${toBase64(await deflated(program))}</script>
<script type="module">
const bytes = Uint8Array.from(atob(document.getElementById('program').textContent), (letter) => letter.charCodeAt(0));
const script = document.createElement('script');
script.type = 'module';
script.textContent = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
document.body.append(script);
</script>
</body>
</html>
`;
}

/** What there is to do. */
function hintOf(asked: Asked, words: TakeawayConfig['words']): string {
  if (asked.kind === 'fields') return words.fill;
  return asked.making.kind === 'ink' ? words.draw : words.give;
}

async function deflated(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
