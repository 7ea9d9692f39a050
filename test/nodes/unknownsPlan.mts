import type { IDataObject } from 'n8n-workflow';
import { contact, createFor, updateWith } from './applyChangesWorld.mts';

export const create = (email: string) =>
	createFor('wix', email, { defaults: { 'info.name.first': 'Ada' } });
export const move = (id: string, to: string, more = {}) =>
	updateWith(
		'wix',
		id,
		{ 'primaryInfo.email': `${id}@old.example.com` },
		{ 'primaryInfo.email': to },
		more,
	);

const phoned = { phones: { items: [{ tag: 'HOME', phone: '070 1', primary: true }] } };
export const people = () => [
	contact('c1', 'c1@old.example.com', { name: { first: 'Ada', last: 'Old' } }),
	contact('c2', 'c2@old.example.com', { company: 'Old Ltd', jobTitle: 'Pilot', ...phoned }),
	contact('c3', 'C3@Old.Example.com', { extendedFields: { items: { 'custom.crm-id': 'X' } } }),
	contact('c4', 'c4@old.example.com'),
	contact('c5', 'c5@old.example.com'),
	{ id: 'c6', info: { name: { first: 'Only' } } },
];

/** Updates of every kind, two of which Wix refuses, creates, and one of an address that is held. */
export const plan = (): IDataObject[] => [
	move('c1', 'c1@new.example.com'),
	updateWith('wix', 'c1', { 'info.name.last': 'Old' }, { 'info.name.last': 'New' }),
	updateWith(
		'wix',
		'c2',
		{ 'info.company': 'Old Ltd', 'primaryInfo.phone': '070 1' },
		{ 'info.company': 'New Ltd', 'primaryInfo.phone': '070 2' },
	),
	move('c3', 'two@at@example.com'),
	move('c4', 'C5@old.example.com'),
	updateWith('wix', 'c5', { 'info.name.first': 'First-c5' }, { 'info.name.first': 'Bea' }),
	updateWith('wix', 'c6', { 'primaryInfo.email': null }, { 'primaryInfo.email': 'c6@example.com' }),
	...['n1@example.com', 'n2@example.com', 'n3@example.com', 'C3@old.example.com'].map(create),
];
export const expected = [
	...['applied', 'applied', 'applied', 'refused', 'refusedForNow', 'applied', 'applied'],
	...['applied', 'applied', 'applied', 'exists'],
];
