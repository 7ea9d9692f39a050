import { refusalOf } from '../../nodes/TargetUsers/systems/refusals';

const failure = (status: number | undefined, more = {}) => ({
	kind: status === undefined ? ('network' as const) : ('status' as const),
	status,
	enveloped: true,
	firstContact: false,
	...more,
});

test.each([
	[failure(404), 'gone', 'HTTP_404'],
	[failure(404, { enveloped: false }), 'failed', 'HTTP_404'],
	[failure(409), 'taken', 'HTTP_409'],
	[failure(412), 'changed', 'HTTP_412'],
	[failure(403), 'later', 'HTTP_403'],
	[failure(400), 'badValue', 'HTTP_400'],
	[failure(418, { code: 'teapot' }), 'failed', 'teapot'],
	[failure(503), 'unclear', 'HTTP_503'],
	[failure(undefined), 'unclear', 'network'],
])('a system without codes of its own: %j is %s', (refused, kind, code) => {
	expect(refusalOf(refused)).toEqual({ kind, code, otherIds: [] });
});
