import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ownCostsOf } from '../../bench/lib/ownCosts.mts';
import { phases } from '../../bench/lib/phaseNames.mts';
import { stackedBars, widthsOf } from '../../bench/lib/stackedBars.mts';
import { groupOf, groupedSteps, groups, sumByGroup } from '../../bench/lib/stepGroups.mts';

const template = JSON.parse(
	readFileSync(join(process.cwd(), 'templates/sync-wix-contacts-and-users.json'), 'utf8'),
) as { nodes: Array<{ name: string; type: string }> };

describe('the groups of steps', () => {
	it('name only steps that the shipped workflow has', () => {
		const names = new Set(template.nodes.map(({ name }) => name));
		expect(groupedSteps.filter((step) => !names.has(step))).toEqual([]);
	});

	it('know every step of the shipped workflow that calls one of our nodes', () => {
		const ours = template.nodes.filter(({ type }) => type.startsWith('n8n-nodes-wix-user-sync.'));
		expect(ours.length).toBeGreaterThan(0);
		expect(ours.filter(({ name }) => groupOf(name) === 'rest')).toEqual([]);
	});

	it('add up to the whole run', () => {
		const times = fc.dictionary(fc.string(), fc.integer({ min: 0, max: 10_000 }));
		fc.assert(
			fc.property(times, fc.nat(1000), (steps, between) => {
				const all = new Map([...Object.entries(steps), ['Match & Map', 7] as [string, number]]);
				const whole = [...all.values()].reduce((sum, time) => sum + time, 0) + between;
				const sums = sumByGroup(all, whole);
				expect(Object.values(sums).reduce((sum, time) => sum + time, 0)).toBe(whole);
				expect(sums['between the steps']).toBe(between);
				expect(sums.planning).toBe(7);
			}),
		);
	});
});

describe('the picture', () => {
	it('draws bars whose parts have the shares of the whole', () => {
		expect(widthsOf([1, 0, 3], 800)).toEqual([200, 0, 600]);
		expect(widthsOf([0, 0], 800)).toEqual([0, 0]);
	});

	it('is one SVG with a bar for each run, and shows a name as it is written', () => {
		const bars = phases.map((name) => ({ name, parts: groups.map(() => 1), note: '1.0 s' }));
		const svg = stackedBars('Time & <more>', groups, bars);
		expect(svg.match(/<svg /g)).toHaveLength(1);
		expect(svg).toContain('Time &#38; &#60;more&#62;');
		// A box for each part of each bar, and one for each group in the legend
		expect(svg.match(/<rect /g)).toHaveLength(groups.length * (phases.length + 1));
		for (const { name } of bars) expect(svg).toContain(`>${name}</text>`);
	});

	it('leaves out a part that took no time', () => {
		const svg = stackedBars('Time', ['one', 'other'], [{ name: 'run', parts: [0, 5], note: '' }]);
		expect(svg.match(/<rect /g)).toHaveLength(3);
	});
});

describe("n8n's own part of what was measured", () => {
	const figuresOf = (...milliseconds: number[]) =>
		phases.map((phase, index) => ({
			phase,
			milliseconds: milliseconds[index] ?? 0,
			wixCalls: 0,
			userCalls: 0,
			writes: 0,
			bytesSent: 0,
			bytesReceived: 0,
			growth: 0,
		}));

	it('is what a phase takes above an idle run, for each link and each change', () => {
		const measured = { people: 1000, edits: 10, links: 800, measured: {} };
		const own = ownCostsOf(measured, figuresOf(2600, 1400, 1200, 1000));
		expect(own).toEqual({ run: 0, person: 1, link: 2, change: 30 });
	});

	it('is refused where a phase was not measured', () => {
		const measured = { people: 1, edits: 1, links: 1, measured: {} };
		expect(() => ownCostsOf(measured, [])).toThrow("has no 'idle run'");
	});
});
