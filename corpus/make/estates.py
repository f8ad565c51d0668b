"""The estates and fleet plan: no principle at all, but nearly every word that sounds like one."""

from docxml import bold, field, head_row, heading, package, para, plain_row, restart_ids, section, table
from styles import sheet

TITLE = "Corporate Estates and Fleet Plan 2026 to 2029"
ACTION = [700, 4300, 2300, 2300]
SPACE = [3900, 1900, 1900, 1900]


def first():
    return [
        para("Aldenbury City Council", "Subtitle", '<w:spacing w:before="0" w:after="0"/>'),
        para("Corporate Estates and Fleet Plan", "Title", '<w:spacing w:before="60" w:after="0"/>'),
        para("2026 to 2029. Approved by the Property Board on 8 December 2025", "Subtitle"),
        heading(1, "1. Introduction"),
        para(
            "1.1 The Council owns 214 buildings and runs 167 vehicles. This plan says which of them we shall keep, mend, let or "
            "sell. The last one was criticised by the external auditor for its poverty of ambition, and rightly so."
        ),
        para(
            "1.2 The target audience for this plan is budget holders and building managers. A resource pack with floor plans, "
            "key codes and the booking rules goes with it, and is kept in the Facilities office."
        ),
        heading(1, "2. Offices"),
        para(
            "2.1 Hybrid working has left the Guildhall half empty on Mondays and Fridays. From June 2026 the third floor will be "
            "reallocated from Planning to Legal Services, with 46 desks moved at a cost of £18,500. The Workplace Manager will "
            "complete the reallocation by 31 July."
        ),
        para("2.2 Desks will be shared out by team size, at seven desks to ten members of staff."),
        para("Table 1: Reallocation of office space (square metres)", "Caption"),
        table(SPACE, [
            head_row(["Service", "Now", "From August 2026", "Change"], SPACE, "4A4A4A"),
            plain_row(["Planning", "620", "410", "-210"], SPACE),
            plain_row(["Legal Services", "180", "390", "+210"], SPACE),
            plain_row(["Customer Services", "540", "540", "0"], SPACE),
        ]),
        para(
            "2.3 Meeting rooms with natural light go first. It is hard to say whether deprivation of daylight or the chairs drew "
            "more complaints in the staff survey, but both will be put right."
        ),
        heading(1, "3. Buildings"),
        heading(2, "3.1 Repairs and early intervention"),
        para(
            "3.1.1 Early intervention pays. A gutter cleared each October costs £90, while a ceiling costs £4,000. Planned "
            "maintenance will therefore take priority over repairs, and £640,000 a year has been set aside for it."
        ),
        para(
            "3.1.2 Prevention of fire is the subject of the new risk assessments, which the Fire Safety Officer will finish in "
            "all 214 buildings by March 2027. The assessments also cover prevention of legionella infection in water systems."
        ),
        para(
            "3.1.3 The prevention of fraud in repair orders is covered by the Anti-Fraud Policy. Two cases were found last year, "
            "with a loss of £3,200."
        ),
        heading(2, "3.2 Lettings"),
        para(
            "3.2.1 Units at Kiln Lane are let to a limited liability partnership of surveyors, a brewery and a firm that restores "
            "pianos. The partnership has asked to renew its lease. Rents are reviewed each third year."
        ),
        para(
            "3.2.2 Monitoring visits to let units are made twice a year by the Lettings Surveyor, to see that nothing has been "
            "knocked down."
        ),
        heading(2, "3.3 The night shelter building"),
        para(
            "3.3.1 The freehold of 4 Tallow Street passes to its tenant in 2026. The sleep deprivation of its neighbours, caused "
            "by the ventilation plant, has been the subject of eleven complaints and of a noise survey."
        ),
        para(
            "3.3.2 Rooms at Fairholme, which is used by the County Council for assessments under the deprivation of liberty "
            "rules, will be re-roofed in 2027."
        ),
    ]


def second():
    return [
        heading(1, "4. Fleet"),
        para(
            "4.1 We shall pool our cars. From April 2026 all 38 small cars will go into one pool with one booking system, and "
            "nine will be sold. The pooled cars will be kept at the depot."
        ),
        para(
            "4.2 Seven vans will be reallocated from Parks to Street Cleaning when the leaves come down, and back again in March. "
            "The Fleet Manager decides the dates."
        ),
        para(
            "4.3 Inequality of wear between front and rear tyres has been traced to the speed humps in the depot yard. These will "
            "be lowered."
        ),
        heading(1, "5. Catering and waste"),
        para(
            "5.1 Surplus food from the Guildhall canteen, about 20 kilograms a week, will be redistributed through the food-sharing "
            "app instead of going in the bin. The scheme is open to anyone and saves £1,100 a year in disposal."
        ),
        para("5.2 A healthy margin of 12% on the café contract is expected in the first year."),
        heading(1, "6. Data and systems"),
        para(
            "6.1 The property database holds floor areas, leases and energy readings. Data protection training will be renewed "
            "each year for everyone with access to it. Energy data will be collected from every meter and used to rank the "
            "worst buildings."
        ),
        para(
            "6.2 Benefits realisation from the new property system will be tracked by the programme office: 40 hours a month "
            "saved in the Rents team by the second year."
        ),
        heading(1, "7. Working with others"),
        para(
            "7.1 The party wall at the depot will be inspected jointly with the brewery next door, and the cost of repointing "
            "shared with it."
        ),
        para("7.2 Caretakers cover civic functions by voluntary overtime, on a rota that they keep themselves."),
        heading(1, "8. Actions"),
        table(ACTION, [
            head_row(["Ref", "Action", "Owner", "By when"], ACTION, "4A4A4A"),
            plain_row(["E1", "Reallocate the third floor of the Guildhall", "Workplace Manager", "31 July 2026"], ACTION),
            plain_row(["E2", "Fire prevention risk assessments, 214 buildings", "Fire Safety Officer", "March 2027"], ACTION),
            plain_row(["E3", "One pool of 29 cars, nine sold", "Fleet Manager", "April 2026"], ACTION),
            plain_row(["E4", "Surplus food from the canteen redistributed", "Catering Supervisor", "May 2026"], ACTION),
            plain_row(["E5", "Smoking shelter at the depot taken down and the slabs re-laid", "Yard Foreman", "June 2026"], ACTION),
            plain_row(["E6", "Health and safety file brought up to date", "Building Surveyor", "Yearly"], ACTION),
        ]),
        heading(1, "9. Assessments"),
        para(
            "9.1 No equality impact assessment was needed for this plan. The environmental impact assessment for the depot is "
            "held by the Planning Service."
        ),
        para([bold("Contact: "), "Head of Property, The Guildhall, Aldenbury."]),
        section(),
    ]


def source():
    restart_ids()
    head = para("Aldenbury City Council: Corporate Estates and Fleet Plan 2026 to 2029", "Header")
    foot = para(["Property Board, 8 December 2025", "<w:r><w:tab/></w:r>", "Page ", field("PAGE", "1")], "Footer")
    return package(sheet("4A4A4A", "Liberation Serif", 23), "".join(first() + second()), head, foot, TITLE, creator="Aldenbury City Council")
