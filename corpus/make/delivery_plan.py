"""The sub-group's delivery plan: mostly tables, merged cells, a landscape section, table shorthand."""

from docxml import (
    bold, bullets, cell, field, head_row, heading, package, para, plain_row, restart_ids, row, run, section, table,
)
from styles import sheet

TITLE = "Living Well Sub-Group: Delivery Plan 2026/27"
WIDE = [1900, 4700, 2500, 1500, 2600, 1350]
NAMES = ["Theme", "Action", "Owner", "By when", "Measure", "Budget"]
MONEY = [4600, 1600, 1600, 1800]
RISKS = [600, 4300, 1100, 3600]

THEMES = [
    ("A Tobacco", "D8E4F0", [
        ("A1 Quit offer at bedside, both acute sites", "Tobacco Lead, Aldenbury Hospitals", "Jun 26", "Quits 1,150 (820)",
         "£310k"),
        ("A2 Vapes + 12 wks support, social housing tenants in Netloft and Hopgarth", "Stop Smoking Service Mgr", "Sep 26",
         "400 tenants; smoking in both wards 24% → 20%", "£96k"),
        ("A3 Illicit tobacco: joint days with Trading Standards", "Tobacco Alliance", "Qtrly", "8 days", "–"),
    ]),
    ("B Weight and activity", "DDEBDD", [
        ("B1 Family weight programme; 14 of 20 groups in Core20 postcodes", "Healthy Weight Cmr", "Sep 26",
         "60% finish; Core20 v rest reported", "£240k"),
        ("B2 Walking football, 6 clubs", "Merrowshire FA Foundation", "Ongoing", "tbc", "£12k"),
    ]),
    ("C Money and food", "F4E6D0", [
        ("C1 Advice sessions in 4 food banks, 2 days a week", "Lantern Advice", "Apr 26", "£1.1m gains", "£88k"),
        ("C2 Healthy Start cards: automatic check at booking appt", "Community Midwifery Matron", "Oct 26",
         "Take-up 82% (61%)", "Nil"),
        ("C3 Cost of living leaflet", "Comms", "Nov 26", "Printed", "£2k"),
    ]),
    ("D Heart and lungs", "EADCEB", [
        ("D1 BP checks in barbers, mosque, ferry terminal (3 trained vols each)", "PCN Mgr, Harbour; Merrowshire Voluntary "
         "Action", "May 26", "3,000 checks, 450 new diagnoses", "£54k"),
        ("D2 Targeted lung checks", "ICB Cancer Prog Mgr", "2027", "See ICB plan", "ICB"),
    ]),
]


def opening():
    return [
        para("Merrowshire Health and Wellbeing Board", "Subtitle", '<w:spacing w:before="0" w:after="0"/>'),
        para("Living Well Sub-Group", "Title", '<w:spacing w:before="60" w:after="0"/>'),
        para("Delivery Plan 2026/27", "Subtitle"),
        table([2400, 7200], [
            row([cell([bold("Agreed by")], 2400, fill="EEEEEE"), cell("Living Well Sub-Group, 3 March 2026 (minute 14)", 7200)]),
            row([cell([bold("Next review")], 2400, fill="EEEEEE"), cell("September 2026", 7200)]),
            row([cell([bold("Members")], 2400, fill="EEEEEE"), cell(
                "Public Health; ICB; Merrow Community Health; Aldenbury Hospitals; five district councils; Merrowshire "
                "Voluntary Action; Lantern Advice; Active Merrowshire", 7200)]),
        ]),
        heading(1, "1 About this plan"),
        para(
            "This is the working plan of the sub-group for the coming year. It lists what each member has signed up to, what "
            "it costs and how we shall know. It does not repeat the reasons, which are in the Joint Strategy."
        ),
        para(
            "Read the tables with these shorthand terms: Core20 is the fifth of small areas with the most deprivation in "
            "England; Cmr is commissioner; PCN is primary care network; figures in brackets are the 2024/25 baseline."
        ),
        heading(1, "2 What has changed since last year"),
        bullets([
            "Actions without an owner have been taken out. There were nineteen.",
            "£180,000 a year has been moved from the county-wide wellbeing website and helpline to outreach workers in the "
            "Core20 areas. The website will close on 30 June 2026. The Public Health Programme Manager leads on the change.",
            "The streets for outreach were picked from small-area figures for heart and lung disease, set beside the index of "
            "deprivation. Seven that were on last year’s list came off it.",
            "The sub-group asked for a fund for transport to appointments. There is no money for this in 2026/27.",
        ]),
        para("", props=section()),
    ]


def themed_rows():
    rows = [head_row(NAMES, WIDE, "2F4B6E")]
    for theme, fill, actions in THEMES:
        for index, texts in enumerate(actions):
            first = cell([bold(theme)] if index == 0 else "", WIDE[0], merge="on" if index else "start", fill=fill)
            rows.append(row([first] + [cell(t, w) for t, w in zip(texts, WIDE[1:])]))
    rows.append(row([
        cell([bold("E Cross-cutting")], sum(WIDE), span=6, fill="D9D9D9"),
    ]))
    rows += [
        plain_row(["E1", "All provider contracts: ethnic group, disability and postcode recorded at first contact",
                   "PH Contracts Mgr", "Jul 26", "95% complete (71%)", "Nil"], WIDE),
        plain_row(["E2", "Joint post (0.8 wte) across ICB and PH to run the outreach workers", "AD Public Health", "May 26",
                   "In post", "£41k"], WIDE),
        row([cell("E3", WIDE[0]), cell("Equality training, annual refresh", WIDE[1]),
             cell("All members", WIDE[2] + WIDE[3], span=2), cell("To be agreed", WIDE[4] + WIDE[5], span=2)]),
    ]
    return rows


def middle():
    return [
        heading(1, "3 Actions by theme"),
        para("Table 1: Actions, 2026/27", "Caption"),
        table(WIDE, themed_rows()),
        para("RAG status is kept on the shared drive and is not shown here."),
        para("", props=section(landscape=True)),
    ]


def money():
    rows = [
        row([cell([run("Line", "<w:b/><w:color w:val=\"FFFFFF\"/>")], MONEY[0], merge="start", fill="2F4B6E"),
             cell([run("£000", "<w:b/><w:color w:val=\"FFFFFF\"/>")], sum(MONEY[1:3]), span=2, fill="2F4B6E"),
             cell([run("Source", "<w:b/><w:color w:val=\"FFFFFF\"/>")], MONEY[3], merge="start", fill="2F4B6E")], header=True),
        row([cell("", MONEY[0], merge="on", fill="2F4B6E"),
             cell([run("2025/26", "<w:b/><w:color w:val=\"FFFFFF\"/>")], MONEY[1], fill="2F4B6E"),
             cell([run("2026/27", "<w:b/><w:color w:val=\"FFFFFF\"/>")], MONEY[2], fill="2F4B6E"),
             cell("", MONEY[3], merge="on", fill="2F4B6E")], header=True),
        plain_row(["Prevention programmes: tobacco, weight, heart", "540", "712", "Public health grant"], MONEY),
        plain_row(["Outreach workers, Core20 areas (5.5 wte)", "0", "180", "From website and helpline"], MONEY),
        plain_row(["Wellbeing website and helpline", "180", "0", "Closed June 2026"], MONEY),
        plain_row(["Sub-group running costs", "24", "25", "Members"], MONEY),
        row([cell([bold("Total")], MONEY[0], fill="EEEEEE"), cell([bold("744")], MONEY[1], fill="EEEEEE"),
             cell([bold("917")], MONEY[2], fill="EEEEEE"), cell("", MONEY[3], fill="EEEEEE")]),
    ]
    return [
        heading(1, "4 Money"),
        para("Table 2: Budget of the sub-group", "Caption"),
        table(MONEY, rows),
        para(
            "Spending on prevention therefore grows by £172,000, or 32%, with the whole of the growth held by the Healthy "
            "Weight Commissioner and the Stop Smoking Service Manager."
        ),
    ]


def closing():
    return [
        heading(1, "5 How we work"),
        para(
            "The sub-group is chaired by the Assistant Director of Public Health, with the Chief Officer of Merrowshire "
            "Voluntary Action as vice chair. Under the memorandum signed in January 2026 it can move money between the lines "
            "of Table 2 without going back to the members, up to £50,000."
        ),
        para(
            "When money runs short the prevention lines are the last to be cut, and the Assistant Director must take any such "
            "cut to the Board first."
        ),
        heading(1, "6 Reporting"),
        para(
            "The Public Health Analyst sends members a two-page dashboard each quarter. Actions A2 and B1 are shown for Core20 "
            "and for everyone else, with the difference since the last report, and the sub-group explains any that has grown."
        ),
        heading(1, "7 Risks"),
        table(RISKS, [
            head_row(["No.", "Risk", "Score", "What we are doing"], RISKS, "2F4B6E"),
            plain_row(["R1", "Outreach posts not filled by May", "12", "Two rounds of adverts; bank staff"], RISKS),
            plain_row(["R2", "Grant announced late again", "16", "Contracts have a three-month break"], RISKS),
            plain_row(["R3", "Postcode not shared by the pharmacy system", "9", "Manual return until the upgrade"], RISKS),
        ]),
        heading(1, "8 Membership and contacts"),
        para("Contact: Living Well Business Support, County Hall, Aldenbury. Papers are on the Board’s web page."),
        section(),
    ]


def build():
    restart_ids()
    parts = opening() + middle() + money() + closing()
    head = para("Living Well Sub-Group – Delivery Plan 2026/27 – OFFICIAL", "Header")
    foot = para(["Agreed 3 March 2026", "<w:r><w:tab/></w:r>", field("PAGE", "1")], "Footer")
    return package(sheet("2F4B6E", "DejaVu Sans", 20), "".join(parts), head, foot, TITLE)
