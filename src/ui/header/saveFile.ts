/** Hands a text or bytes to the browser as a file to keep. */
export function saveFile(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference from here on.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 0);
}
