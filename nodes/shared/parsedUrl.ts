/**
 * An absolute URL, parsed; undefined for what is none. Not by URL.canParse: in Node 20, once its caller is compiled, it takes a
 * text with letters such as ü for no URL.
 */
export function parsedUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
