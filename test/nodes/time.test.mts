import { timeIn } from '../../nodes/shared/time';

const cases: Array<[string, string, string]> = [
	['2026-05-30T16:00:00Z', 'Asia/Tokyo', '2026-05-30T16:00:00.000Z'],
	['2026-05-30T16:00:00+02:00', 'Asia/Tokyo', '2026-05-30T14:00:00.000Z'],
	['2026-05-30T16:00:00', 'Asia/Tokyo', '2026-05-30T07:00:00.000Z'],
	['2026-05-30T16:00:00', 'America/New_York', '2026-05-30T20:00:00.000Z'],
	['2026-01-30 16:00:00', 'America/New_York', '2026-01-30T21:00:00.000Z'],
	['2026-05-30', 'Europe/Oslo', '2026-05-29T22:00:00.000Z'],
	['2026-05-30T16:00:00.250', 'UTC', '2026-05-30T16:00:00.250Z'],
];

test.each(cases)('%s in %s', (text, zone, iso) => {
	expect(new Date(timeIn(text, zone)).toISOString()).toBe(iso);
});

test('no date is NaN', () => {
	expect(timeIn('tomorrow-ish', 'UTC')).toBeNaN();
});
