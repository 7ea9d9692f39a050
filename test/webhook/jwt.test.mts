import {
	constants,
	createHmac,
	createSign,
	generateKeyPairSync,
	type KeyObject,
} from 'node:crypto';

import { publicKeyIn, verified, type PublicKey } from '../../nodes/WixCrm/webhook/jwt';

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = ours.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const now = Date.UTC(2026, 10, 23);
const seconds = now / 1000;

let key: PublicKey;
beforeAll(async () => {
	key = (await publicKeyIn(pem)) as PublicKey;
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { data: '{}', iat: seconds, exp: seconds + 300, iss: 'wix.com', aud: 'app-1' };
const signed = (
	payload: unknown = claims,
	{ header = { alg: 'RS256', typ: 'JWT' } as unknown, by = ours.privateKey as KeyObject } = {},
) => {
	const text = `${part(header)}.${part(payload)}`;
	return `${text}.${createSign('RSA-SHA256').update(text).sign(by).toString('base64url')}`;
};
const macOf = (text: string) => createHmac('sha256', pem).update(text).digest('base64url');

describe('a message of Wix', () => {
	test('is taken', async () => {
		expect(await verified(signed(), key, 'app-1', now)).toEqual({ ok: true, claims });
		expect((await verified(`  ${signed()}\n`, key, '', now)).ok).toBe(true);
	});

	test('is taken for some time after it has expired, because clocks differ', async () => {
		const late = signed({ ...claims, exp: seconds - 59 });
		expect((await verified(late, key, 'app-1', now)).ok).toBe(true);
	});
});

describe('forgeries', () => {
	const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
	const [head, , signature] = signed().split('.');
	test.each([
		['alg none', `${part({ alg: 'none' })}.${part(claims)}.`, 'not signed with RS256'],
		[
			'alg None, with our signature',
			`${part({ alg: 'None' })}.${part(claims)}.${signature}`,
			'not signed with RS256',
		],
		['HS256 under the public key', `${text}.${macOf(text)}`, 'not signed with RS256'],
		[
			'a MAC under the public key that says RS256',
			(() => {
				const message = `${part({ alg: 'RS256' })}.${part(claims)}`;
				return `${message}.${macOf(message)}`;
			})(),
			'signature does not belong',
		],
		['RS512', signed(claims, { header: { alg: 'RS512' } }), 'not signed with RS256'],
		['rs256', signed(claims, { header: { alg: 'rs256' } }), 'not signed with RS256'],
		['no way of signing', signed(claims, { header: { typ: 'JWT' } }), 'not signed with RS256'],
		[
			'HS256 under the public key without its frame',
			`${text}.${createHmac('sha256', ours.publicKey.export({ type: 'spki', format: 'der' }))
				.update(text)
				.digest('base64url')}`,
			'not signed with RS256',
		],
		[
			'our key with another padding',
			(() => {
				const message = `${part({ alg: 'RS256' })}.${part(claims)}`;
				const padding = constants.RSA_PKCS1_PSS_PADDING;
				const key = { key: ours.privateKey, padding };
				return `${message}.${createSign('RSA-SHA256').update(message).sign(key).toString('base64url')}`;
			})(),
			'signature does not belong',
		],
		['another key', signed(claims, { by: other.privateKey }), 'signature does not belong'],
		[
			'a key in the header',
			signed(claims, {
				by: other.privateKey,
				header: { alg: 'RS256', jwk: other.publicKey.export({ format: 'jwk' }) },
			}),
			'signature does not belong',
		],
		[
			'a changed payload',
			`${head}.${part({ ...claims, data: '{"a":1}' })}.${signature}`,
			'signature does not belong',
		],
		[
			'a changed header',
			`${part({ alg: 'RS256', x: 1 })}.${part(claims)}.${signature}`,
			'signature does not belong',
		],
		['no signature', `${head}.${part(claims)}.`, 'no signature'],
		['expired', signed({ ...claims, exp: seconds - 61 }), 'has expired'],
		['an end that is no number', signed({ ...claims, exp: '9999999999' }), 'no time at which'],
		['without an end', signed({ ...claims, exp: undefined }), 'no time at which it expires'],
		['from the future', signed({ ...claims, nbf: seconds + 61 }), 'not valid yet'],
		['for another app', signed({ ...claims, aud: 'app-2' }), 'for another app'],
		['for no app', signed({ ...claims, aud: [] }), 'for another app'],
		['for other apps', signed({ ...claims, aud: ['app-2', 'app-3'] }), 'for another app'],
		['a list', signed([claims]), 'holds no data'],
		['no JSON', 'a.b.c', 'not signed with RS256'],
		['one part', 'abc', 'no signed message'],
		['nothing', '', 'no signed message'],
		['four parts', `${signed()}.x`, 'no signed message'],
		['other letters', `${head}.${part(claims)}.${'é'.repeat(20)}`, 'no signature'],
		['too long', 'x'.repeat(2_000_001), 'too long'],
		...[
			['a key id that leads to a file', { kid: '../../../../dev/null' }],
			['a key id that is a query', { kid: "x' UNION SELECT 'secret" }],
			['keys elsewhere', { jku: 'https://outside.test/keys', x5u: 'https://outside.test/x' }],
			[
				'a certificate in the header',
				{ x5c: [other.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')] },
			],
		].map(([name, more]): [string, string, string] => [
			String(name),
			signed(claims, { by: other.privateKey, header: { alg: 'RS256', ...(more as object) } }),
			'signature does not belong',
		]),
		[
			'several ways of signing',
			signed(claims, { header: { alg: ['RS256', 'none'] } }),
			'not signed with RS256',
		],
		[
			'a header without a way of its own',
			signed(claims, { header: JSON.parse('{"__proto__":{"alg":"RS256"}}') }),
			'not signed with RS256',
		],
		['a header that is a list', signed(claims, { header: ['RS256'] }), 'not signed with RS256'],
		['our signature, cut', signed().slice(0, -8), 'signature does not belong'],
		[
			'our signature of another message',
			`${signed({ ...claims, data: '1' })
				.split('.')
				.slice(0, 2)
				.join('.')}.${signature}`,
			'signature does not belong',
		],
		[
			'a signature of zeros',
			`${head}.${part(claims)}.${Buffer.alloc(256).toString('base64url')}`,
			'signature does not belong',
		],
		['two messages', `${signed()} ${signed()}`, 'no signed message'],
		['two messages in two lines', `${signed()}\n${signed()}`, 'no signed message'],
		['white space within', signed().replace('.', '. '), 'signature does not belong'],
		['a line break in the header', signed().replace('.', '\n.'), 'not signed with RS256'],
		['the words of a header', `Bearer ${signed()}`, 'not signed with RS256'],
		['an end that is null', signed({ ...claims, exp: null }), 'no time at which'],
	])('%s', async (_, token, why) => {
		const verdict = await verified(token, key, 'app-1', now);
		expect(verdict).toEqual({ ok: false, why: expect.stringContaining(why) });
	});
});

describe('a public key', () => {
	test.each([
		['in one line', pem.replace(/\n/g, '')],
		['with \\n for line breaks', pem.replace(/\n/g, '\\n')],
		['indented', pem.replace(/^/gm, '   ')],
		['in base64', Buffer.from(pem).toString('base64')],
		[
			'in base64 with line breaks',
			Buffer.from(pem)
				.toString('base64')
				.replace(/(.{76})/g, '$1\n'),
		],
	])('%s', async (_, text) => expect(await publicKeyIn(text)).toBeDefined());

	test.each([
		['nothing', ''],
		['a private key', ours.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
		['cut off', pem.slice(0, 100)],
		['in base64, cut off', Buffer.from(pem).toString('base64').slice(0, 100)],
		[
			'another kind of key',
			generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
		],
		['no base64', '-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----'],
	])('%s is none', async (_, text) => expect(await publicKeyIn(text)).toBeUndefined());
});
