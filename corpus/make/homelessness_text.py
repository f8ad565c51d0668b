"""The words of the homelessness strategy, in reading order."""

TITLE = "A Place to Stay"
SUBTITLE = "Homelessness and Rough Sleeping Strategy 2025 to 2030, Harrowick Borough Council"

SIDE_BOX = [
    "Danny’s year",
    "Danny lost his warehouse job in March and was £640 behind with his rent by June. He stopped buying his inhalers to pay "
    "for the electricity meter, and spent nine nights on the respiratory ward.",
    "“Nobody asked about the rent until the doctor did.”",
    "Danny now has a room at Kiln House and helps in its kitchen.",
]

PARTS = [
    ("h1", "Foreword"),
    ("p", "Harrowick is a town that makes things: biscuits, gearboxes and, on a good Saturday, some noise. It is also a town "
          "in which 412 households lost their home last year, and in which eleven people were found sleeping in doorways on "
          "the night of the autumn count."),
    ("p", "This is our third homelessness strategy. The first two were about what the Council does when somebody walks "
          "through the door. This one starts earlier and stays longer."),
    ("p", "<i>Councillor Piotr Malec, Portfolio Holder for Housing</i>"),
    ("h1", "1 What the law asks"),
    ("p", "The Homelessness Act 2002 requires every housing authority to carry out a review of homelessness in its district and "
          "to publish a strategy based on the results. The Homelessness Reduction Act 2017 added duties to prevent and to "
          "relieve homelessness, and a duty on hospitals, prisons and others to refer."),
    ("p", "Prevention of homelessness is our first aim. In this strategy it means keeping a tenancy or finding another before "
          "the first is lost."),
    ("h1", "2 What the review found"),
    ("h2", "2.1 Who loses a home"),
    ("p", "The end of a private tenancy was the cause in 44% of cases and arrears in 21%. Rents have risen by 31% since 2020 "
          "and the housing allowance by 11%. Half of the households lived in two wards, Cattle Market and Gasworks."),
    ("h2", "2.2 What it does to health"),
    ("p", "Debt comes before illness as well as eviction. Of the 96 people interviewed for the review, 71 owed more than a "
          "month’s rent, and 58 of those told us that worry about money had brought on depression, poor sleep or chest pain "
          "for which they had seen a doctor."),
    ("p", "People who slept rough in Harrowick between 2018 and 2023 died at an average age of 46."),
    ("box", None),
    ("h2", "2.3 What we could not find out"),
    ("p", "Ethnic group was left blank in a third of the case files, and we could not tell how many applicants had a "
          "disability. From October 2025 the case system will not let an officer close a file without both. The Housing "
          "Options Manager will check 50 files a month until fewer than 5% say “not known”."),
    ("h1", "3 Our aims"),
    ("h2", "3.1 Keep people in their homes"),
    ("p", "The calls that matter are made in the second week of arrears, and until now nobody has made them. From January 2026:"),
    ("li", "Lantern Advice will take a warm referral from any landlord whose tenant is a fortnight behind, and will check "
           "benefits, debts and energy bills at one sitting;"),
    ("li", "the Council’s Tenancy Fund will clear up to £900 of arrears where the landlord agrees to renew for a year;"),
    ("li", "court desk advice will be offered on every possession day, with the cost of £38,000 a year met by the Council."),
    ("p", "The Head of Housing Needs is responsible for all three. Together they should keep 160 households a year in their "
          "homes by 2028, against 74 in 2024/25."),
    ("h2", "3.2 Less on hotels, more on homes"),
    ("p", "Last year the Council paid £690,000 for rooms in hotels. We are taking £210,000 a year out of that budget from April "
          "2026 and putting it into six leased houses for families in Cattle Market and Gasworks, the two wards with most "
          "evictions and the lowest incomes. The Temporary Accommodation Manager will report on the switch every quarter."),
    ("p", "A further £45,000 from the same hotel budget will pay for a support worker at Kiln House."),
    ("h2", "3.3 Health care that comes to the door"),
    ("p", "A nurse and a mental health worker from Merrow Community Health NHS Trust now hold a clinic at Kiln House, which is "
          "run by the charity Harrowick Open Door, on three days a week. They find and treat wounds, hepatitis and high blood "
          "pressure before these turn into admissions, and give flu vaccine on the spot. The contract runs to March 2028 at a "
          "cost of £132,000 a year."),
    ("p", "No one will be discharged from Aldenbury General to the street. A housing officer is based on the discharge "
          "floor from Monday to Friday, and shares a caseload with the hospital’s social work team."),
    ("h2", "3.4 End rough sleeping"),
    ("p", "Outreach will go out at five in the morning on six days a week, with one member of staff from the Council and one "
          "from Harrowick Open Door. Every person found will be offered a bed the same night."),
    ("p", "We would like to open a women-only hostel, and will look for a building if capital becomes available."),
    ("h2", "3.5 Homes that do not make people ill"),
    ("p", "Housing policy is health policy in another coat. The new lettings policy gives extra preference to people "
          "whose doctor says that damp or overcrowding is harming them, and the Council’s licensing scheme for shared houses "
          "now includes a test for damp that was written with the county’s public health team."),
    ("h2", "3.6 Leaving care, prison and the forces"),
    ("p", "People who leave an institution without an address are often back in one within the year. The Council, the county’s "
          "leaving care team and the Probation Service have signed protocols for each of the three groups, and a named "
          "officer meets the person at least six weeks before the day."),
    ("p", "The earlier strategy said that no care leaver would be placed in a hotel. Nine were. The portfolio holder has asked "
          "to be told by telephone if it happens again."),
    ("h1", "4 Working together"),
    ("p", "The Harrowick Homelessness Alliance was formed by memorandum in May 2025. The Council, the Integrated Care Board, the "
          "Probation Service, Harrowick Open Door, Lantern Advice and two housing associations each have one vote on how the "
          "£1.2 million prevention grant is spent. The Alliance Manager is paid for by all of them."),
    ("p", "Charities told us that one-year grants make it hard to keep good staff. From April 2026 the Alliance’s grants will "
          "run for three years."),
    ("h1", "5 Using what we know"),
    ("p", "The Council’s data team and the county’s public health analysts have matched two years of arrears, council tax and "
          "hospital records. The families most likely to lose a home turned out to be in streets where we had no advice "
          "session at all, and three of our six sessions have been moved there."),
    ("p", "Each year we will publish who becomes homeless, who is housed and how long they wait, by ethnic group, disability "
          "and ward. In 2024/25 Black households waited 14 weeks longer than White households for a permanent home. We "
          "aim to close that difference by 2028, and the Housing Scrutiny Panel will question the Head of Housing Needs on "
          "it every July."),
    ("h1", "6 Money"),
    ("p", "Homelessness cost the Council £2.9 million net in 2024/25, of which rooms in hotels were the largest part. The "
          "medium-term plan assumes that the total will not rise faster than prices."),
    ("p", "The Alliance’s fund is held by the Council’s Section 151 Officer under a shared agreement until March 2029. Unspent "
          "money stays in the fund and does not go back to the members."),
    ("p", "We have assumed that the rough sleeping grant will end in 2027. If it does, outreach will fall from six days to "
          "four unless another source is found."),
    ("h1", "7 How this strategy was made"),
    ("p", "Officers held eleven meetings, two of them in the day room at Kiln House, and 230 people answered a short "
          "questionnaire. Landlords told us that they wanted one telephone number. Residents told us that they wanted the "
          "person on the other end of it to ring back."),
    ("p", "The first draft ran to 94 pages. It was returned by the Housing Scrutiny Panel with a request for ten."),
    ("wide", None),
    ("h1", "8 Action plan"),
    ("table", [
        ["Action", "Lead", "By when", "How we shall know"],
        ["Warm referral at two weeks’ arrears", "Head of Housing Needs", "January 2026", "160 households a year kept in their homes"],
        ["Six leased houses, paid for from the hotel budget", "Temporary Accommodation Manager", "September 2026",
         "Hotel spending £480,000, from £690,000"],
        ["Clinic at Kiln House renewed", "Alliance Manager", "March 2026", "Emergency admissions of residents down by a fifth"],
        ["Damp test in licences for shared houses", "Private Housing Manager", "In place", "All new licences"],
        ["No file closed without ethnic group and disability", "Housing Options Manager", "October 2025", "Under 5% not known"],
        ["Search for a women-only hostel", "To be confirmed", "When funds allow", "–"],
    ]),
    ("h1", "9 Equality"),
    ("p", "An equality impact assessment of this strategy is on the Council’s website."),
    ("h1", "10 Monitoring this strategy"),
    ("p", "The Alliance will look at the action plan at each meeting. Monitoring visits to supported accommodation will go on "
          "as before, twice a year, using the county’s quality workbook. A mid-term review will take place in 2027."),
    ("h1", "Glossary"),
    ("p", "<b>Relief duty</b>: the duty to help somebody who has already lost a home. <b>Section 21</b>: the notice by which a "
          "landlord could end a tenancy without a reason. <b>Warm referral</b>: a call made with the person, rather than a "
          "leaflet handed over."),
]
