/** Runs n8n's package scanner on a folder, as it checks source and package of a community node. Arguments: folder, patterns. */
import { analyzePackage } from '@n8n/scan-community-package/scanner/scanner.mjs';

const [folder, ...patterns] = process.argv.slice(2);
const result = await analyzePackage(folder, patterns);
process.stdout.write(
	JSON.stringify({ passed: result.passed, details: result.details ?? result.message ?? '' }),
);
