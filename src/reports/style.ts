/** Of the pages of reports: light, and as wide as a phone or a mail. Nothing in it has to be escaped within `<style>`. */
export const STYLE = `
body {
  margin: 0;
  background: #fff;
  color: #1b2733;
  font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', sans-serif;
}
main {
  max-width: 640px;
  margin: 0 auto;
  padding: 16px;
}
h1 {
  margin: 0;
  color: #1f4e79;
  font-size: 22px;
  line-height: 1.25;
  overflow-wrap: anywhere;
}
h2 {
  margin: 0 0 6px;
  color: #1f4e79;
  font-size: 17px;
}
p {
  margin: 0 0 8px;
}
.when {
  color: #5b6b7b;
}
.headline {
  margin: 12px 0 0;
  font-size: 17px;
}
section {
  margin-top: 24px;
}
section > p {
  color: #44525f;
  font-size: 14px;
}
table {
  width: 100%;
  border-collapse: collapse;
  font-variant-numeric: tabular-nums;
}
th,
td {
  padding: 5px 0 5px 10px;
  border-bottom: 1px solid #d8dee6;
  text-align: right;
  vertical-align: top;
}
thead th {
  color: #5b6b7b;
  font-size: 13px;
  font-weight: 600;
  vertical-align: bottom;
}
th:first-child,
td:first-child {
  padding-left: 0;
  text-align: left;
}
tbody th {
  min-width: 5em;
  font-weight: 400;
  overflow-wrap: anywhere;
}
tbody td {
  white-space: nowrap;
}
.bar {
  width: 60px;
  text-align: left;
}
.bar svg,
.legend svg {
  vertical-align: -1px;
}
.legend {
  font-size: 14px;
}
summary {
  color: #1f4e79;
  cursor: pointer;
}
`
