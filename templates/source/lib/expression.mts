import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

/**
 * Text of an expression that calls a function of this project: a file without imports but of types, whose functions are all
 * `const` arrow functions. So what a step computes is typed and tested like any other code, and a person still reads it there.
 *
 * n8n reads some code otherwise than JavaScript does: `a[b]?.c` and a global within brackets lose the brackets, and methods that
 * n8n has itself, such as `values()` and `first()`, are not a Map's any more. `test/contract/reviewForm.test.mts` compares.
 * @param file below `templates/source`
 * @param args texts of expressions
 */
export function callOf(file: string, name: string, args: readonly string[]): string {
	const source = readFileSync(join('templates', 'source', file), 'utf8');
	const { outputText } = transpileModule(source, {
		compilerOptions: {
			target: ScriptTarget.ES2022,
			module: ModuleKind.ESNext,
			removeComments: true,
		},
	});
	const body = outputText.replace(/^export (?:\{\s*\};?\n?)?/gm, '').trim();
	const text = `(() => {\n${body}\nreturn ${name}(${args.join(', ')});\n})()`;
	if (/\}\}|^import /m.test(text)) {
		throw new Error(
			`${file} has an import or two closing braces side by side, which end an expression`,
		);
	}
	return text;
}
