import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { entryAt } from '../../runtime/entries.mts';

export interface Person {
	id: string;
	login: string;
	name: string;
	mail?: string;
	blocked: boolean;
}

/** The directory of docs/adding-a-target-system.md. */
export interface StaffListServer {
	url: string;
	people: Person[];
	/** Method and path of each call, in order. */
	calls: string[];
	close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Partial<Person>> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text === '' ? {} : (JSON.parse(text) as Partial<Person>);
}

type Answer = [status: number, body?: unknown];

const notFound: Answer = [404, { error: 'not_found' }];

function list(people: readonly Person[], query: URLSearchParams): Answer {
	const fits = ({ mail = '', login }: Person) =>
		(query.get('mail') ?? mail).toLowerCase() === mail.toLowerCase() &&
		(query.get('login') ?? login) === login;
	const found = people.filter(fits);
	const skip = Number(query.get('skip'));
	const take = Math.min(100, Number(query.get('take') ?? 100));
	return [200, { people: found.slice(skip, skip + take), count: found.length }];
}

function create(people: Person[], given: Partial<Person>): Answer {
	if (people.some(({ login }) => login === given.login)) return [409, { error: 'login_taken' }];
	const person = { login: '', name: '', blocked: false, ...given, id: `p${people.length + 1000}` };
	people.push(person);
	return [201, person];
}

function answer(people: Person[], method: string, url: URL, given: Partial<Person>): Answer {
	const id = decodeURIComponent(/^\/people\/([^/]+)$/.exec(url.pathname)?.[1] ?? '');
	if (id === '') return method === 'POST' ? create(people, given) : list(people, url.searchParams);
	const place = people.findIndex((one) => one.id === id);
	if (place < 0) return notFound;
	if (method === 'DELETE') {
		people.splice(place, 1);
		return [204];
	}
	if (method === 'PATCH') Object.assign(entryAt(people, place), given);
	return [200, people[place]];
}

/** Takes any API key but `invalid`. */
export async function startStaffList(): Promise<StaffListServer> {
	const people: Person[] = [];
	const calls: string[] = [];
	const handle = async (request: IncomingMessage, response: ServerResponse) => {
		const { method = 'GET', url = '/', headers } = request;
		calls.push(`${method} ${url}`);
		const key = headers['x-api-key'];
		const [status, body] =
			key === undefined || key === 'invalid'
				? ([401, { error: 'bad_key' }] satisfies Answer)
				: answer(people, method, new URL(url, 'http://localhost'), await bodyOf(request));
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(body === undefined ? '' : JSON.stringify(body));
	};
	const server = createServer((request, response) => void handle(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		people,
		calls,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
