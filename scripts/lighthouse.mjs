// Rate pages and print a table; fail below the marks. Run by scripts/lighthouse.sh.
import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync } from "node:fs"

const [tools, site] = process.argv.slice(2)
const RUNS = 5 // the median counts: a busy machine is slow now and then
const WANTED = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 }
const TRIES = 3 // Chromium loses the trace of a page now and then
const REPORTS = `${tools}/reports` // not in test-results: every run of pytest empties that
const FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
const WAIT = 120 // seconds for the site to start

const sleep = seconds => new Promise(done => setTimeout(done, seconds * 1000))
const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

async function home() {
    for (let waited = 0; waited < WAIT; waited++) {
        const answer = await fetch(site).catch(() => null)
        if (answer?.ok) return answer.text()
        await sleep(1)
    }
    throw new Error(`The site did not start at ${site}`)
}

function rate(name, path, run) {
    const report = `${REPORTS}/${name}-${run}.json`
    const asked = [site + path, "--quiet", "--output=json", `--output-path=${report}`]
    const told = [...asked, `--chrome-flags=${FLAGS}`, `--only-categories=${Object.keys(WANTED)}`]
    let done
    for (let tried = 0; tried < TRIES; tried++) {
        done = spawnSync(`${tools}/node_modules/.bin/lighthouse`, told, { encoding: "utf8" })
        if (!done.status) return JSON.parse(readFileSync(report))
    }
    throw new Error(done.stderr)
}

function faults(report, category) {
    return report.categories[category].auditRefs
        .filter(({ weight, id }) => weight && report.audits[id].score !== null)
        .filter(({ id }) => report.audits[id].score < 0.9)
        .map(({ id }) => `    ${category}: ${report.audits[id].title}`)
}

function judge(name, reports) {
    const marks = Object.keys(WANTED).map(category => [
        category,
        median(reports.map(report => Math.round(report.categories[category].score * 100))),
    ])
    console.log([name, ...marks.map(([, mark]) => mark)].map(cell => `${cell}`.padEnd(16)).join(""))
    const low = marks.filter(([category, mark]) => mark < WANTED[category])
    for (const [category] of low) console.log(faults(reports[0], category).join("\n"))
    return low.length === 0
}

const list = (await home()).match(/\/lists\/[\w-]+\//)[0]
const pages = {
    board: list,
    item: `${list}4/`,
    find: `${list}find/?q=%E6%B5%B4%E5%AE%A4`,
    changes: `${list}changes/`,
    suggest: "/suggest/",
    answer: "/answer/",
    "board, English": `/en${list}`,
}
mkdirSync(REPORTS, { recursive: true })
console.log(["", ...Object.keys(WANTED)].map(cell => cell.padEnd(16)).join(""))
const good = Object.entries(pages).map(([name, path]) =>
    judge(name, Array.from({ length: RUNS }, (_, run) => rate(name.replace(/\W+/g, "-"), path, run)))
)
process.exitCode = good.every(Boolean) ? 0 : 1
