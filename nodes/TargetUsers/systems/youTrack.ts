import type { JsonObject } from '../../shared/contracts';
import type { UserSystem } from './UserSystem';
import { hubApi } from './youTrack/hubService';
import { hubStore, identityOf } from './youTrack/hubStore';
import { project } from './youTrack/hubUser';
import { createUser, listUsers, readUser } from './youTrack/hubUsers';

/** YouTrack's users live in its JetBrains Hub. https://www.jetbrains.com/help/youtrack/devportal/HUB-REST-API_Users.html */
export const youTrack: UserSystem = {
	name: 'YouTrack',
	connect: hubApi,
	get: readUser,
	getAll: listUsers,
	create: async (api, { email, login, name }) => {
		const set: JsonObject = email === '' ? {} : { 'profile.email': email };
		const made = await createUser(api, { ...identityOf(set, { login, name }), ...set });
		if (!made.ok) return made;
		const { id, user } = made.value;
		if (user !== undefined) return { ok: true, value: user };
		if (id === undefined) return { ok: true, value: {} };
		const read = await readUser(api, id, 'full');
		return { ok: true, value: (read.ok && read.value) || { id } };
	},
	store: hubStore,
	paths: { email: 'profile.email', login: 'login', name: 'name', banned: 'banned' },
	queryFor: (typed) => {
		const safe = typed.replace(/[{}"'()\p{Cc}]/gu, '').trim();
		return safe === ''
			? ''
			: `nameStartsWith: {${safe}} or loginStartsWith: {${safe}} or email: {${safe}}`;
	},
	project,
};
