import { answered, contact, run, runAnswered, steps } from './builders.mts';
import { address, guard, site } from './site.mts';

describe('the code of a plan', () => {
	const stopped = { ...site(100, 60), policies: guard(50, 10) };
	const code = () => run(stopped).report.guard.planHash;

	test('lets the plan through, pasted with white space, too', () => {
		const policies = { ...stopped.policies, approvedPlan: ` ${code()}\n` };
		expect(steps(run({ ...stopped, policies }))).toHaveLength(60);
	});

	test('is the answer to the matter as well, which is settled by it', () => {
		const answer = `approve ${code()}`;
		const passed = runAnswered(stopped, answer);
		expect(steps(passed)).toHaveLength(60);
		expect(passed.review.map(({ reason, state }) => [reason, state])).toEqual([
			['guard', 'settled'],
		]);
		const other = run({
			...site(100, 61),
			policies: guard(50, 10),
			review: answered(run(stopped), answer),
		});
		expect([steps(other), other.review.map(({ answer: left }) => left)]).toEqual([[], ['']]);
	});

	test('is the same in whatever order the input comes', () => {
		const { wixRecords = [], users = [], links = [] } = stopped;
		const turned = {
			...stopped,
			wixRecords: [...wixRecords].reverse(),
			users: [...users].reverse(),
			links: [...links].reverse(),
		};
		expect(run(turned).report.guard.planHash).toBe(code());
	});

	test('is another for other values, other records, or another side', () => {
		const { wixRecords = [] } = stopped;
		const otherValue = [contact('C0', 'other@example.com'), ...wixRecords.slice(1)];
		const otherRecord = wixRecords.map((record, n) =>
			n === 0 ? contact('C0', address(0)) : n === 60 ? contact('C60', 'new0@example.com') : record,
		);
		const hashes = [
			code(),
			run({ ...stopped, wixRecords: otherValue }).report.guard.planHash,
			run({ ...stopped, wixRecords: otherRecord }).report.guard.planHash,
			run({ ...site(100, 60, 'users'), policies: guard(50, 10) }).report.guard.planHash,
		];
		expect(new Set(hashes).size).toBe(hashes.length);
	});
});
