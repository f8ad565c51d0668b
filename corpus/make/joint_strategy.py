"""The draft joint strategy: a Word file under review, with tracked changes that matter."""

from docxml import (
    bold, bullets, commented, contents, dele, field, footnote, head_row, heading, hidden, ins, italic, moved,
    package, para, plain_row, reformatted, restart_ids, run, section, simple_field, table, text_box,
)
from styles import sheet

TITLE = "Fair Start, Full Lives"
NOTES = [
    "Low income means below 60% of the median after housing costs, counted in the year to March 2024.",
    "Office for Health Improvement and Disparities, local profiles, read in November 2025. Male life expectancy is a "
    "three-year average, 2021 to 2023.",
    "The focus wards are Lower Wystan, Netloft, Hopgarth, Chantry and Cattle Market.",
]
COMMENTS = [
    "Chief executives' group, 14 January: the poverty proofing duty is not agreed. Please take the whole paragraph out.",
    "Row 1.2 has gone at the request of Finance: the transfer has not been signed off.",
]
ENTRIES = [
    (1, "Foreword", "_Toc01", "2"),
    (1, "1 Why we need a strategy", "_Toc02", "2"),
    (1, "2 Merrowshire today", "_Toc03", "2"),
    (1, "3 How we will choose", "_Toc04", "3"),
    (1, "4 Our priorities", "_Toc05", "3"),
    (2, "4.1 Enough to live on", "_Toc06", "3"),
    (2, "4.2 Stopping illness early", "_Toc07", "3"),
    (2, "4.3 Homes, streets and buses", "_Toc08", "3"),
    (1, "5 Working as one", "_Toc09", "4"),
    (1, "6 Knowing whether it works", "_Toc10", "4"),
    (1, "7 Action plan", "_Toc11", "4"),
    (1, "8 Governance and risk", "_Toc12", "5"),
    (1, "Glossary", "_Toc13", "5"),
]
PLAN_WIDTHS = [3600, 2300, 1400, 2300]
AREA_WIDTHS = [3600, 2000, 2000, 2000]


def front():
    return [
        para("Merrowshire Health and Wellbeing Board", "Subtitle", '<w:spacing w:before="1200" w:after="0"/>'),
        para(TITLE, "Title", '<w:spacing w:before="120" w:after="120"/>'),
        para("Joint Health and Wellbeing Strategy 2026 to 2031", "Subtitle"),
        para([bold("Consultation draft 0.6"), ", January 2026. For the Board’s meeting on 12 February 2026."]),
        para(["Comments to the Strategy Unit by noon on 6 February. ", hidden(
            "Drafting note: do not circulate the savings annex with this version.")]),
        contents(ENTRIES),
        para(["<w:r><w:br w:type=\"page\"/></w:r>"]),
        heading(1, "Foreword", "_Toc01"),
        para(
            "Merrowshire is a county of market towns, a working port and some of the best farmland in England. Most people "
            "who live here live well and live long. This strategy is about those who do not."
        ),
        para(
            "Last summer 1,460 residents filled in our survey or talked to us in libraries, at the ferry terminal and on "
            "market stalls. They spoke less about hospitals than about rent, buses, the price of a weekly shop and how hard "
            "it is to find a dentist."
        ),
        para(
            "We want to be straight about money. No new national grant comes with this document. Where a sum has been "
            "agreed we say how much it is and who holds it. Where it has not, we have tried not to write as if it had."
        ),
        para([italic("Councillor Hannah Oakeshott, Chair, and Dr Imran Sethi, Vice Chair")]),
    ]


def setting():
    return [
        heading(1, "1 Why we need a strategy", "_Toc02"),
        para(
            "The Health and Social Care Act 2012 asks every health and wellbeing board to prepare a joint strategy that "
            "meets the needs found in its needs assessment, and to consider whether those needs could be met better by "
            "pooling budgets."
        ),
        para(
            "Our last strategy, for 2019 to 2024, called prevention its golden thread. A review by the Scrutiny Committee "
            "in March 2025 counted 64 actions, of which 41 had no owner and 52 no date."
        ),
        para(["This one is shorter. ", moved("From", "move1", "It replaces four older plans. "), "It has three priorities, "
              "fewer than thirty actions, and a named lead for each of them. ",
              moved("To", "move1", "It replaces four older plans. ")]),
        heading(1, "2 Merrowshire today", "_Toc03"),
        para([
            text_box([
                "Nine miles, eight years",
                "The number 22 bus takes 31 minutes from Abbotsholme to Lower Wystan.",
                "Men at the far end of the route die 8.4 years sooner. In Lower Wystan 38% of children grow up in a family "
                "on a low income; in Abbotsholme it is 6%.",
            ]),
            "Health in Merrowshire follows income. In the five wards where most families live on a low income", footnote(1),
            " people fall ill with heart disease, lung disease and depression ten to fifteen years earlier than people in the "
            "five most comfortable ones.",
        ]),
        para(
            "The county average hides this. Merrowshire as a whole sits close to the England figure on 34 of the 48 measures "
            "that we looked at, and is better than England on nine."
        ),
        para(["Table 1: Four places compared", footnote(2)], "Caption"),
        table(AREA_WIDTHS, [
            head_row(["Place", "Children in low-income families", "Male life expectancy", "Adults who smoke"], AREA_WIDTHS),
            plain_row(["Lower Wystan", "38%", "73.6 years", "24%"], AREA_WIDTHS),
            plain_row(["Cattle Market (Harrowick)", "33%", "75.1 years", "21%"], AREA_WIDTHS),
            plain_row(["Brackmoor villages", "14%", "79.8 years", "11%"], AREA_WIDTHS),
            plain_row(["Abbotsholme", "6%", "82.0 years", "7%"], AREA_WIDTHS),
        ]),
        para(
            "The Joint Strategic Needs Assessment of October 2025 settled what is in this strategy. The Board dropped two "
            "county-wide themes that it had inherited and chose the three on which the gap between wards was widest."
        ),
        heading(1, "3 How we will choose", "_Toc04"),
        para(
            "Prevention is the first of the Board’s three aims and goes before the others when they compete. From September "
            "2026 no commissioning proposal will be taken to the Board unless it says what illness it would prevent, and the "
            "Director of Public Health will publish the answers each year."
        ),
        para(
            "The partners also talked about whether each area’s share of the budget should follow need. They did not reach "
            "agreement, and this strategy leaves the present shares as they are."
        ),
    ]


def priorities():
    return [
        heading(1, "4 Our priorities", "_Toc05"),
        heading(2, "4.1 Enough to live on", "_Toc06"),
        para([
            "From June 2026 Lantern Advice, a local charity, will place benefits and debt advisers in the nine general "
            "practices of the focus wards,", footnote(3), " where incomes are lowest. The County Council and the Integrated "
            "Care Board (ICB) will each pay £165,000 a year for three years. The Head of Financial Inclusion manages the "
            "contract, and each adviser is expected to bring patients £400,000 a year that they were not claiming.",
        ]),
        para([commented(0, dele(
            "Every new policy, charge and service of the partners will be poverty proofed before it is approved. The Strategy "
            "Unit will keep the register and publish the results twice a year."))], change="del"),
        para([
            "The Household Warmth Fund ", dele("may be extended, subject to funding, to pay for"),
            ins("will spend £240,000 by March 2027 on"), " insulation and boiler repairs for people on low incomes who have "
            "asthma or chronic lung disease. Harrowick Borough Council’s Energy Officer takes referrals from any nurse, social "
            "worker or housing officer.",
        ]),
        para(
            "School uniform came up in every one of our family workshops. We hope that governing bodies will look again at "
            "branded items, and officers will write to them to encourage it."
        ),
        heading(2, "4.2 Stopping illness early", "_Toc07"),
        para([
            "Public Health has ring-fenced £1.9 million a year for prevention until March 2031: £820,000 for stopping "
            "smoking, £610,000 for healthy weight and £470,000 for strength and balance. The ", reformatted(
                "Director of Public Health"), " holds the budget and will account for it in public each June."
        ]),
        para("From April 2026 the partners will:"),
        bullets([
            "offer a health check at 35, five years earlier than now, in the nine practices of the focus wards, so that high "
            "blood pressure is found before it does damage;",
            "give every inpatient who smokes a stop-smoking adviser and a fortnight’s medicine on the day of admission;",
            ["train 600 receptionists, carers and housing officers to raise smoking, weight and money worries in everyday "
             "conversations", ins(", with the first 250 trained by December 2026"), ";"],
            "run strength and balance classes in 31 village halls for people who have had one fall, to prevent the second.",
        ]),
        heading(2, "4.3 Homes, streets and buses", "_Toc08"),
        para(
            "Much of what makes people ill is decided in planning, housing and transport committees. The five district "
            "councils have agreed that from January 2027 every planning application for 100 homes or more must come with a "
            "health impact assessment. A public health planner, employed in the County Council’s Planning Policy Team, will "
            "comment on each and tell the Board every spring how many schemes were changed."
        ),
        para(
            "The Enhanced Bus Partnership will add an early and a late journey to routes 7 and 22, so that people on shifts "
            "and people with outpatient appointments can get home."
        ),
    ]


def working():
    return [
        heading(1, "5 Working as one", "_Toc09"),
        para(
            "The County Council and the ICB will hold £6.4 million for intermediate care and housing-related support in one "
            "pooled budget under section 75 from April 2026. The Joint Commissioning Manager answers to both bodies for it."
        ),
        para(
            "Merrowshire Voluntary Action will elect two members to the Board, with full votes, at its July meeting. The ICB "
            "will meet the cost of their time."
        ),
        para("We value the county’s charities, faith groups and social enterprises as equal partners."),
        heading(1, "6 Knowing whether it works", "_Toc10"),
        para(
            "Ethnic group is missing from 22% of community health records and disability from 46%. By March 2027 Merrow "
            "Community Health NHS Trust will record ethnic group, first language and disability for 95% of its patients. Its "
            "Chief Information Officer will report on this to the Board each quarter until it is done."
        ),
        para(
            "By December 2026 the Public Health Intelligence Team will complete equity audits of cervical screening, cardiac "
            "rehabilitation and health visiting. Each service must then put right the largest difference that its audit finds."
        ),
        para([dele("Progress will be kept under review and reported as appropriate.")], change="del"),
        para([ins(
            "Every six months, starting in October 2026, the Public Health Intelligence Team will report to the Board the gap "
            "between the focus wards and the rest of the county in smoking, in blood pressure control and in school "
            "readiness. The aim is to cut each gap by a quarter by March 2031.")], change="ins"),
    ]


def action_plan():
    def made(*texts, change=None):
        return plain_row(texts, PLAN_WIDTHS, change)

    return [
        heading(1, "7 Action plan", "_Toc11"),
        para("Table 2: First-year actions", "Caption"),
        table(PLAN_WIDTHS, [
            head_row(["Action", "Lead", "By when", "Measure"], PLAN_WIDTHS),
            made("1.1 Benefits and debt advisers in nine practices", "Head of Financial Inclusion", "June 2026",
                 "£3.6m a year in unclaimed income by 2028"),
            made("1.2 Move £300,000 a year from hospital growth to family support in the focus wards",
                 "ICB Director of Finance", "April 2027", "Transfer shown in both sets of accounts", change="del"),
            made("2.1 Health checks from age 35 in the focus wards", "Primary care network managers", "September 2026",
                 "Take-up 60%, from 41%"),
            made("2.2 Stop-smoking offer on every ward", "Tobacco Alliance Manager", "October 2026",
                 "Smoking in routine and manual jobs 17% by 2030, from 23%"),
            made("3.1 Health impact assessment of large housing schemes", "Public health planner", "January 2027",
                 "All applications of 100 homes or more"),
            made("4.1 One pooled budget for intermediate care", "Joint Commissioning Manager", "April 2026",
                 "£6.4m under one agreement"),
            made("5.1 Ethnic group, first language and disability recorded", "Chief Information Officer, Merrow Community "
                 "Health", "March 2027", "95%, from 78% and 54%"),
            made("5.2 First report on the gaps", "Public Health Intelligence Team", "October 2026",
                 "Three gaps, each with a baseline", change="ins"),
        ]),
        para([commented(1, run("Actions are numbered by priority and chapter."))]),
    ]


def ending():
    return [
        heading(1, "8 Governance and risk", "_Toc12"),
        para(
            "The Board meets in public five times a year. Its Delivery Group, chaired by the Director of Public Health, meets "
            "monthly and keeps the risk register."
        ),
        para(
            "The greatest risk is that savings elsewhere undo this work. The advice contract, the Warmth Fund and the "
            "public health grant are all decided year by year by others."
        ),
        heading(1, "Glossary", "_Toc13"),
        para([bold("Integrated Care Board"), ": the NHS body that plans and pays for most health services."]),
        para([bold("Poverty proofing"), ": looking at a service through the eyes of people with little money, to find and "
              "remove what it costs them."]),
        para([bold("Section 75"), ": the part of the NHS Act 2006 that lets councils and the NHS put money in one pot."]),
        section(title_page=False),
    ]


def header_footer():
    head = para("Merrowshire Joint Health and Wellbeing Strategy 2026 to 2031 – consultation draft 0.6", "Header")
    foot = para(["Merrowshire Health and Wellbeing Board", "<w:r><w:tab/></w:r>", "Page ", field("PAGE", "1"), " of ",
                 simple_field("NUMPAGES", "5")], "Footer")
    return head, foot


def build():
    restart_ids()
    parts = [front(), setting(), priorities(), working(), action_plan(), ending()]
    head, foot = header_footer()
    body = "".join(block for part in parts for block in part)
    return package(sheet("1F5C57", "Liberation Sans"), body, head, foot, f"{TITLE}: Merrowshire Joint Health and Wellbeing "
                   "Strategy 2026 to 2031", NOTES, COMMENTS, track=True)
