/** Packaging: what tsc does not carry into dist/ (icons, codex files, output schemas, workflow templates). */
const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });
const icons = () =>
	src(['nodes/**/*.{png,svg}', 'credentials/**/*.{png,svg}'], { base: '.', encoding: false }).pipe(
		dest('dist'),
	);
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
const schemas = () => src('nodes/**/__schema__/**/*.json').pipe(dest('dist/nodes'));
const templates = () => src('templates/*.json').pipe(dest('dist/templates'));

exports.clean = clean;
exports.package = parallel(icons, codex, schemas, templates);
