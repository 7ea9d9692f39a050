import type { N8nServer } from '../../runtime/n8n.mts';
import { until } from './triggers.mts';

const BROWSER = 'n8n-nodes-wix-user-sync-form';
const MOST_HOPS = 10;

/** A page of a form as a person sees it. */
export interface FormPage {
	/** What there is to read on it. */
	text: string;
	/** Where an answer goes to. */
	url: string;
	token: string;
}

/** Somebody with a browser who fills in forms of n8n, logged in or not: cookies are kept, redirects followed. */
export class FormVisit {
	private readonly cookies = new Map<string, string>();

	constructor(private readonly n8n: N8nServer) {}

	async logIn(): Promise<void> {
		const { email, password } = this.n8n.owner;
		const body = JSON.stringify({ emailOrLdapLoginId: email, password });
		await this.send(`${this.n8n.url}/rest/login`, { method: 'POST', body });
	}

	/** Where n8n leads somebody who opens this form: the address of the page that is shown in the end. */
	async whereTo(path: string): Promise<string> {
		return (await this.follow(`${this.n8n.url}${path}`)).url;
	}

	/** Opens a form that asks who one is, and allows it to know. */
	async open(path: string): Promise<FormPage> {
		const { url, html } = await this.follow(`${this.n8n.url}${path}`);
		if (!url.includes('/oauth/consent')) return pageOf(url, html);
		const answer = await this.send(`${this.n8n.url}/rest/consent/approve`, {
			method: 'POST',
			body: JSON.stringify({ approved: true }),
		});
		const { data } = (await answer.json()) as { data: { redirectUrl: string } };
		const opened = await this.follow(data.redirectUrl);
		return pageOf(opened.url, opened.html);
	}

	/** Fills in a page, its fields from top to bottom, and waits for the next one. */
	async submit(page: FormPage, ...values: string[]): Promise<FormPage> {
		const body = new FormData();
		values.forEach((value, index) => body.append(`field-${index}`, value));
		const answer = await this.send(page.url, {
			method: 'POST',
			body,
			headers: { 'x-auth-token': page.token },
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`n8n answered ${answer.status} to the form: ${text}`);
		const next = page.url.includes('/form-waiting/')
			? page.url
			: (JSON.parse(text) as { formWaitingUrl: string }).formWaitingUrl;
		const status = new URL(next);
		status.pathname += '/n8n-execution-status';
		await until('the next page of the form', async () => {
			const said = await (await this.send(status.href)).text();
			if (/error|crashed|canceled|null/.test(said)) throw new Error(`The run of the form: ${said}`);
			return said.trim() === 'form-waiting' || undefined;
		});
		const opened = await this.follow(next);
		return pageOf(opened.url, opened.html);
	}

	/** The last page tells n8n by itself that it was shown. */
	async finish({ url, token }: FormPage): Promise<void> {
		await this.send(url, { method: 'POST', headers: { 'x-auth-token': token } });
	}

	private async follow(url: string): Promise<{ url: string; html: string }> {
		let next = url;
		for (let hop = 0; hop < MOST_HOPS; hop++) {
			const answer = await this.send(next);
			const location = answer.headers.get('location');
			if (location === null) return { url: next, html: await answer.text() };
			next = new URL(location, next).href;
		}
		throw new Error(`More than ${MOST_HOPS} redirects from ${url}`);
	}

	private async send(url: string, request: RequestInit = {}): Promise<Response> {
		const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const headers = new Headers(request.headers);
		headers.set('browser-id', BROWSER);
		headers.set('cookie', cookie);
		if (typeof request.body === 'string') headers.set('content-type', 'application/json');
		const answer = await fetch(url, { ...request, headers, redirect: 'manual' });
		for (const line of answer.headers.getSetCookie()) {
			const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
			if (value === '') this.cookies.delete(name);
			else this.cookies.set(name, value);
		}
		return answer;
	}
}

const textIn = (html: string) =>
	html
		.replace(/<(head|script|style|svg)[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]*>/g, '')
		.replace(/[\t ]*\n\s*/g, '\n')
		.trim();

const pageOf = (url: string, html: string): FormPage => ({
	url,
	text: textIn(html),
	token: /authToken = '([^']*)'/.exec(html)?.[1] ?? '',
});
