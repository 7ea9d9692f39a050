module.exports = {
	printWidth: 100,
	useTabs: true,
	tabWidth: 2,
	singleQuote: true,
	semi: true,
	trailingComma: 'all',
	arrowParens: 'always',
	endOfLine: 'lf',
};
