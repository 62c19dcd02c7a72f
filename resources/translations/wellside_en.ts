<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en_US">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Wellside</source>
        <translation>About Wellside</translation>
    </message>
    <message>
        <source>Licence: {name}</source>
        <translation>Licence: {name}</translation>
    </message>
    <message>
        <source>Models: {versions}</source>
        <translation>Models: {versions}</translation>
    </message>
    <message>
        <source>Data: {folder}</source>
        <translation>Data: {folder}</translation>
    </message>
    <message>
        <source>No plug-ins are installed.</source>
        <translation>No plug-ins are installed.</translation>
    </message>
    <message>
        <source>Plug-ins</source>
        <translation>Plug-ins</translation>
    </message>
    <message>
        <source>Plug-in</source>
        <translation>Plug-in</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>Distribution</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>loaded</source>
        <translation>loaded</translation>
    </message>
    <message>
        <source>not allowed by the site</source>
        <translation>not allowed by the site</translation>
    </message>
    <message>
        <source>refused: {reason}</source>
        <translation>refused: {reason}</translation>
    </message>
    <message>
        <source>Logs: {folder}</source>
        <translation>Logs: {folder}</translation>
    </message>
    <message>
        <source>Libraries, their versions and licences</source>
        <translation>Libraries, their versions and licences</translation>
    </message>
    <message>
        <source>Folder of the logs</source>
        <translation>Folder of the logs</translation>
    </message>
</context>
<context>
    <name>AdvicePage</name>
    <message>
        <source>As it stands</source>
        <translation>As it stands</translation>
    </message>
    <message>
        <source>Better settings</source>
        <translation>Better settings</translation>
    </message>
    <message>
        <source>The pad, most to gain first</source>
        <translation>The pad, most to gain first</translation>
    </message>
    <message>
        <source>What would it bring?</source>
        <translation>What would it bring?</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Set</translation>
    </message>
    <message>
        <source>kWh/t</source>
        <translation>kWh/t</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risk</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Well</translation>
    </message>
    <message>
        <source>Oil gained, t/d</source>
        <translation>Oil gained, t/d</translation>
    </message>
</context>
<context>
    <name>AlarmLimitsDialog</name>
    <message>
        <source>Limits of well {name}</source>
        <translation>Limits of well {name}</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>Also while the pump stands</source>
        <translation>Also while the pump stands</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>Whose</translation>
    </message>
    <message>
        <source>A formula over sensors…</source>
        <translation>A formula over sensors…</translation>
    </message>
    <message>
        <source>For</source>
        <translation>For</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Of what</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Formula</translation>
    </message>
    <message>
        <source>Name of the rule</source>
        <translation>Name of the rule</translation>
    </message>
    <message>
        <source>Dead band</source>
        <translation>Dead band</translation>
    </message>
    <message>
        <source>Delay of the alarm, min</source>
        <translation>Delay of the alarm, min</translation>
    </message>
    <message>
        <source>Delay of the return, min</source>
        <translation>Delay of the return, min</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priority</translation>
    </message>
    <message>
        <source>Set the limit</source>
        <translation>Set the limit</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>Not here</translation>
    </message>
    <message>
        <source>As inherited</source>
        <translation>As inherited</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>The well&apos;s own word stands over its lift&apos;s, that over its pad&apos;s, that over the field&apos;s; the equipment&apos;s holds where nobody says anything. A limit holds from now on: what was raised before stays in the list.</source>
        <translation>The well&apos;s own word stands over its lift&apos;s, that over its pad&apos;s, that over the field&apos;s; the equipment&apos;s holds where nobody says anything. A limit holds from now on: what was raised before stays in the list.</translation>
    </message>
    <message>
        <source>Saved: it holds from now on.</source>
        <translation>Saved: it holds from now on.</translation>
    </message>
</context>
<context>
    <name>AlarmTables</name>
    <message>
        <source>Alarms</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Well</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Raised</source>
        <translation>Raised</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>Furthest</source>
        <translation>Furthest</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priority</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>Alarms by well, seven days</source>
        <translation>Alarms by well, seven days</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>In 7 days</source>
        <translation>In 7 days</translation>
    </message>
    <message>
        <source>Most in a day</source>
        <translation>Most in a day</translation>
    </message>
    <message>
        <source>Not known since</source>
        <translation>Not known since</translation>
    </message>
    <message>
        <source>Chattering</source>
        <translation>Chattering</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Standing</translation>
    </message>
</context>
<context>
    <name>AlarmsPage</name>
    <message>
        <source>No alarms here. Limits come from the equipment that is in the well (the winding of this motor, its rated current); a site sets its own with “Limits…”, for a well, a lift, a pad or the whole field.</source>
        <translation>No alarms here. Limits come from the equipment that is in the well (the winding of this motor, its rated current); a site sets its own with “Limits…”, for a well, a lift, a pad or the whole field.</translation>
    </message>
    <message>
        <source>All wells</source>
        <translation>All wells</translation>
    </message>
    <message>
        <source>The pad</source>
        <translation>The pad</translation>
    </message>
    <message>
        <source>The well</source>
        <translation>The well</translation>
    </message>
    <message>
        <source>Alarms of which wells</source>
        <translation>Alarms of which wells</translation>
    </message>
    <message>
        <source>Waiting for somebody</source>
        <translation>Waiting for somebody</translation>
    </message>
    <message>
        <source>All, with what has returned</source>
        <translation>All, with what has returned</translation>
    </message>
    <message>
        <source>Alarms in which state</source>
        <translation>Alarms in which state</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>How many, and which are no use</source>
        <translation>How many, and which are no use</translation>
    </message>
    <message>
        <source>shown {shown} of {total}</source>
        <translation>shown {shown} of {total}</translation>
    </message>
    <message>
        <source>No alarm was raised in the last seven days.</source>
        <translation>No alarm was raised in the last seven days.</translation>
    </message>
    <message>
        <source>What was done, or will be? The comment is kept with your name and sent.</source>
        <translation>What was done, or will be? The comment is kept with your name and sent.</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Acknowledge</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Show more</translation>
    </message>
    <message>
        <source>Choose an alarm: what is known of it stands here.</source>
        <translation>Choose an alarm: what is known of it stands here.</translation>
    </message>
</context>
<context>
    <name>AlikeDialog</name>
    <message>
        <source>Cards like this one</source>
        <translation>Cards like this one</translation>
    </message>
    <message>
        <source>Looking through all cards…</source>
        <translation>Looking through all cards…</translation>
    </message>
    <message>
        <source>Cards that look alike, the nearest first</source>
        <translation>Cards that look alike, the nearest first</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>All ticked have it</source>
        <translation>All ticked have it</translation>
    </message>
    <message>
        <source>None of them has it…</source>
        <translation>None of them has it…</translation>
    </message>
    <message>
        <source>The nearest of all wells. Ticked: those that hardly differ.</source>
        <translation>The nearest of all wells. Ticked: those that hardly differ.</translation>
    </message>
    <message>
        <source>No other card is kept here.</source>
        <translation>No other card is kept here.</translation>
    </message>
    <message>
        <source>Why is it wrong? The reason is kept and sent.</source>
        <translation>Why is it wrong? The reason is kept and sent.</translation>
    </message>
    <message>
        <source>Choose a condition</source>
        <translation>Choose a condition</translation>
    </message>
    <message>
        <source>this card</source>
        <translation>this card</translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message>
        <source>Backup of the profile</source>
        <translation>Backup of the profile</translation>
    </message>
    <message>
        <source>Save the backup…</source>
        <translation>Save the backup…</translation>
    </message>
    <message>
        <source>One file with everything: entries, files, settings, templates, the key. The passphrase is kept nowhere: without it the file does not open.</source>
        <translation>One file with everything: entries, files, settings, templates, the key. The passphrase is kept nowhere: without it the file does not open.</translation>
    </message>
    <message numerus="yes">
        <source>Passphrase, %n letters at least</source>
        <translation>
            <numerusform>Passphrase, %n letters at least</numerusform>
            <numerusform>Passphrase, %n letters at least</numerusform>
        </translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>The two differ.</source>
        <translation>The two differ.</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>Close the message</source>
        <translation>Close the message</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Do again</source>
        <translation>Do again</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Show in folder</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>What is new</translation>
    </message>
    <message>
        <source>Back to the one before</source>
        <translation>Back to the one before</translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
    <message>
        <source>A fault in the program</source>
        <translation>A fault in the program</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Copy the report</translation>
    </message>
    <message>
        <source>The program met a fault of its own. Your saved entries are safe and you can go on working. Please send this report to support: it holds no data, no names and no paths.</source>
        <translation>The program met a fault of its own. Your saved entries are safe and you can go on working. Please send this report to support: it holds no data, no names and no paths.</translation>
    </message>
    <message>
        <source>Kept in {file}</source>
        <translation>Kept in {file}</translation>
    </message>
</context>
<context>
    <name>BuilderSide</name>
    <message>
        <source>What is missing for which figure</source>
        <translation>What is missing for which figure</translation>
    </message>
    <message>
        <source>Nothing is missing.</source>
        <translation>Nothing is missing.</translation>
    </message>
    <message>
        <source>Rods {rods}: they reach the pump</source>
        <translation>Rods {rods}: they reach the pump</translation>
    </message>
    <message>
        <source>Rods {rods}: {by} short of the pump</source>
        <translation>Rods {rods}: {by} short of the pump</translation>
    </message>
    <message>
        <source>Rods {rods}: {by} longer than the pump is deep</source>
        <translation>Rods {rods}: {by} longer than the pump is deep</translation>
    </message>
    <message>
        <source>No figure of this lift is computed from its equipment.</source>
        <translation>No figure of this lift is computed from its equipment.</translation>
    </message>
</context>
<context>
    <name>BuilderWindow</name>
    <message>
        <source>Parts of the well</source>
        <translation>Parts of the well</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>There is no other well yet.</source>
        <translation>There is no other well yet.</translation>
    </message>
    <message>
        <source>Copy from another well</source>
        <translation>Copy from another well</translation>
    </message>
    <message>
        <source>Equipment, rods, unit, fluid, reservoir of</source>
        <translation>Equipment, rods, unit, fluid, reservoir of</translation>
    </message>
    <message>
        <source>Copied: look through it, then save.</source>
        <translation>Copied: look through it, then save.</translation>
    </message>
    <message>
        <source>Nothing has been changed.</source>
        <translation>Nothing has been changed.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Saved.</translation>
    </message>
    <message>
        <source>What is marked with * is not saved. Close once more to drop it, or press Ctrl+S.</source>
        <translation>What is marked with * is not saved. Close once more to drop it, or press Ctrl+S.</translation>
    </message>
    <message>
        <source>Well builder</source>
        <translation>Well builder</translation>
    </message>
    <message>
        <source>New well</source>
        <translation>New well</translation>
    </message>
    <message>
        <source>Well {name}</source>
        <translation>Well {name}</translation>
    </message>
    <message>
        <source>The parts of the well are laid out…</source>
        <translation>The parts of the well are laid out…</translation>
    </message>
</context>
<context>
    <name>CardForm</name>
    <message>
        <source>New dynamogram</source>
        <translation>New dynamogram</translation>
    </message>
    <message>
        <source>Paste two columns here: position and load</source>
        <translation>Paste two columns here: position and load</translation>
    </message>
    <message>
        <source>Points of the card</source>
        <translation>Points of the card</translation>
    </message>
    <message>
        <source>Strokes per minute</source>
        <translation>Strokes per minute</translation>
    </message>
    <message>
        <source>Position in</source>
        <translation>Position in</translation>
    </message>
    <message>
        <source>Load in</source>
        <translation>Load in</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>From a file…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken at</source>
        <translation>Taken at</translation>
    </message>
    <message>
        <source>Last time: {value} ({day})</source>
        <translation>Last time: {value} ({day})</translation>
    </message>
    <message>
        <source>How many strokes a minute was it?</source>
        <translation>How many strokes a minute was it?</translation>
    </message>
</context>
<context>
    <name>CardModel</name>
    <message>
        <source>Taken</source>
        <translation>Taken</translation>
    </message>
    <message>
        <source>Fill, %</source>
        <translation>Fill, %</translation>
    </message>
    <message>
        <source>Peak, {unit}</source>
        <translation>Peak, {unit}</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>Shows</translation>
    </message>
</context>
<context>
    <name>CardTable</name>
    <message>
        <source>Dynamograms</source>
        <translation>Dynamograms</translation>
    </message>
</context>
<context>
    <name>CardsPage</name>
    <message>
        <source>No dynamograms in this period. Drop the recorder&apos;s file on the window, enter one with Ctrl+N, or choose a longer period.</source>
        <translation>No dynamograms in this period. Drop the recorder&apos;s file on the window, enter one with Ctrl+N, or choose a longer period.</translation>
    </message>
    <message>
        <source>{moment} · {speed} strokes per minute · solid: upstroke, dashed: downstroke</source>
        <translation>{moment} · {speed} strokes per minute · solid: upstroke, dashed: downstroke</translation>
    </message>
</context>
<context>
    <name>ChartActions</name>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Save picture</translation>
    </message>
    <message>
        <source>Save data</source>
        <translation>Save data</translation>
    </message>
    <message>
        <source>Save as a page for a browser</source>
        <translation>Save as a page for a browser</translation>
    </message>
    <message>
        <source>What was seen here, {moment}?</source>
        <translation>What was seen here, {moment}?</translation>
    </message>
</context>
<context>
    <name>ChartFrame</name>
    <message>
        <source>Chart</source>
        <translation>Chart</translation>
    </message>
    <message>
        <source>{pen}: {least} to {most}, last {last}, {title}</source>
        <translation>{pen}: {least} to {most}, last {last}, {title}</translation>
    </message>
    <message>
        <source>Nothing is drawn</source>
        <translation>Nothing is drawn</translation>
    </message>
</context>
<context>
    <name>ChecksPanel</name>
    <message>
        <source>Keep as a note</source>
        <translation>Keep as a note</translation>
    </message>
    <message>
        <source>Stop the unit on the upstroke for the travelling valve, on the downstroke for the standing valve, and read the load twice.</source>
        <translation>Stop the unit on the upstroke for the travelling valve, on the downstroke for the standing valve, and read the load twice.</translation>
    </message>
    <message>
        <source>Travelling valve</source>
        <translation>Travelling valve</translation>
    </message>
    <message>
        <source>Standing valve</source>
        <translation>Standing valve</translation>
    </message>
    <message>
        <source>Load at once, {unit}</source>
        <translation>Load at once, {unit}</translation>
    </message>
    <message>
        <source>Load after, {unit}</source>
        <translation>Load after, {unit}</translation>
    </message>
    <message>
        <source>Seconds between</source>
        <translation>Seconds between</translation>
    </message>
    <message>
        <source>A tight valve holds {load}</source>
        <translation>A tight valve holds {load}</translation>
    </message>
    <message>
        <source>Rods and pump of this well are not entered.</source>
        <translation>Rods and pump of this well are not entered.</translation>
    </message>
    <message>
        <source>Counterbalance check: with the cranks level the polished rod should hold {load}</source>
        <translation>Counterbalance check: with the cranks level the polished rod should hold {load}</translation>
    </message>
    <message>
        <source>load at once</source>
        <translation>load at once</translation>
    </message>
    <message>
        <source>load after</source>
        <translation>load after</translation>
    </message>
</context>
<context>
    <name>ChoiceBar</name>
    <message>
        <source>This well</source>
        <translation>This well</translation>
    </message>
    <message>
        <source>Its pad</source>
        <translation>Its pad</translation>
    </message>
    <message>
        <source>Its field</source>
        <translation>Its field</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 days</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 days</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 days</translation>
    </message>
    <message>
        <source>a year</source>
        <translation>a year</translation>
    </message>
    <message>
        <source>all there is</source>
        <translation>all there is</translation>
    </message>
    <message>
        <source>as on the charts</source>
        <translation>as on the charts</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Template</translation>
    </message>
    <message>
        <source>Wells</source>
        <translation>Wells</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Period</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>Language of the report</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen…</source>
        <translation>
            <numerusform>%n chosen…</numerusform>
            <numerusform>%n chosen…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>Last time: {value}</source>
        <translation>Last time: {value}</translation>
    </message>
</context>
<context>
    <name>Clipper</name>
    <message>
        <source>Add to my report</source>
        <translation>Add to my report</translation>
    </message>
</context>
<context>
    <name>ClippingsPanel</name>
    <message>
        <source>My report</source>
        <translation>My report</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Take out</translation>
    </message>
    <message>
        <source>Take all out</source>
        <translation>Take all out</translation>
    </message>
    <message>
        <source>Right click on a chart or a table of any page adds it here. Drag into order.</source>
        <translation>Right click on a chart or a table of any page adds it here. Drag into order.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command or well</source>
        <translation>Command or well</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Found</translation>
    </message>
    <message>
        <source>Well {name}</source>
        <translation>Well {name}</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>no dynamogram is listed</source>
        <translation>no dynamogram is listed</translation>
    </message>
    <message>
        <source>The card before</source>
        <translation>The card before</translation>
    </message>
    <message>
        <source>The card after</source>
        <translation>The card after</translation>
    </message>
    <message>
        <source>Play the cards through time</source>
        <translation>Play the cards through time</translation>
    </message>
    <message>
        <source>Overlay all</source>
        <translation>Overlay all</translation>
    </message>
    <message>
        <source>Lay up to 500 listed cards behind the newest</source>
        <translation>Lay up to 500 listed cards behind the newest</translation>
    </message>
    <message>
        <source>New card…</source>
        <translation>New card…</translation>
    </message>
    <message>
        <source>Enter or paste a dynamogram</source>
        <translation>Enter or paste a dynamogram</translation>
    </message>
    <message>
        <source>Protocol…</source>
        <translation>Protocol…</translation>
    </message>
    <message>
        <source>nothing is drawn</source>
        <translation>nothing is drawn</translation>
    </message>
    <message>
        <source>Note here…</source>
        <translation>Note here…</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Copy picture</translation>
    </message>
    <message>
        <source>Save picture (PNG, SVG)…</source>
        <translation>Save picture (PNG, SVG)…</translation>
    </message>
    <message>
        <source>Save data (CSV, Parquet, Excel)…</source>
        <translation>Save data (CSV, Parquet, Excel)…</translation>
    </message>
    <message>
        <source>Add to my report</source>
        <translation>Add to my report</translation>
    </message>
    <message>
        <source>Previous view</source>
        <translation>Previous view</translation>
    </message>
    <message>
        <source>Next view</source>
        <translation>Next view</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Earlier</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Closer</translation>
    </message>
    <message>
        <source>Wider</source>
        <translation>Wider</translation>
    </message>
    <message>
        <source>Whole period</source>
        <translation>Whole period</translation>
    </message>
    <message>
        <source>To the newest readings</source>
        <translation>To the newest readings</translation>
    </message>
    <message>
        <source>the well has no rod pump</source>
        <translation>the well has no rod pump</translation>
    </message>
    <message>
        <source>Laboratory sample</source>
        <translation>Laboratory sample</translation>
    </message>
    <message>
        <source>Dynamogram</source>
        <translation>Dynamogram</translation>
    </message>
    <message>
        <source>Commands and keys</source>
        <translation>Commands and keys</translation>
    </message>
    <message>
        <source>Ctrl+K finds every command by a few letters of its name. What is not possible now stands there grey, with its reason.</source>
        <translation>Ctrl+K finds every command by a few letters of its name. What is not possible now stands there grey, with its reason.</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Command</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>More</source>
        <translation>More</translation>
    </message>
    <message>
        <source>Anywhere in the window</source>
        <translation>Anywhere in the window</translation>
    </message>
    <message>
        <source>New entries of the chosen well</source>
        <translation>New entries of the chosen well</translation>
    </message>
    <message>
        <source>On a chart over time</source>
        <translation>On a chart over time</translation>
    </message>
    <message>
        <source>On the page of cards</source>
        <translation>On the page of cards</translation>
    </message>
    <message>
        <source>On the page of reports</source>
        <translation>On the page of reports</translation>
    </message>
    <message>
        <source>In a list of records</source>
        <translation>In a list of records</translation>
    </message>
    <message>
        <source>In a form</source>
        <translation>In a form</translation>
    </message>
    <message>
        <source>the report is being made</source>
        <translation>the report is being made</translation>
    </message>
    <message>
        <source>no row is chosen</source>
        <translation>no row is chosen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Save PDF…</source>
        <translation>Save PDF…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>no connection to the centre is set up</source>
        <translation>no connection to the centre is set up</translation>
    </message>
    <message>
        <source>it is running</source>
        <translation>it is running</translation>
    </message>
    <message>
        <source>neither a table nor files have been copied</source>
        <translation>neither a table nor files have been copied</translation>
    </message>
    <message>
        <source>there are wells already</source>
        <translation>there are wells already</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Import files…</translation>
    </message>
    <message>
        <source>Tables, dynamograms, documents from files</source>
        <translation>Tables, dynamograms, documents from files</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>New entry…</source>
        <translation>New entry…</translation>
    </message>
    <message>
        <source>Flow test, level, sample, event, document of this well</source>
        <translation>Flow test, level, sample, event, document of this well</translation>
    </message>
    <message>
        <source>New entry</source>
        <translation>New entry</translation>
    </message>
    <message>
        <source>Report of this well</source>
        <translation>Report of this well</translation>
    </message>
    <message>
        <source>The last used template; Enter saves it</source>
        <translation>The last used template; Enter saves it</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>Next theme</source>
        <translation>Next theme</translation>
    </message>
    <message>
        <source>Theme: light, dark, sunlight</source>
        <translation>Theme: light, dark, sunlight</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Any command or well by a few letters</source>
        <translation>Any command or well by a few letters</translation>
    </message>
    <message>
        <source>Import what was copied</source>
        <translation>Import what was copied</translation>
    </message>
    <message>
        <source>A range of a spreadsheet, or files of the file manager</source>
        <translation>A range of a spreadsheet, or files of the file manager</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>Build the demo field</source>
        <translation>Build the demo field</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>About Wellside</source>
        <translation>About Wellside</translation>
    </message>
    <message>
        <source>Version, models, where the data lie, plug-ins</source>
        <translation>Version, models, where the data lie, plug-ins</translation>
    </message>
    <message>
        <source>the catalogue has nothing of this part</source>
        <translation>the catalogue has nothing of this part</translation>
    </message>
    <message>
        <source>nothing of this part has been saved yet</source>
        <translation>nothing of this part has been saved yet</translation>
    </message>
    <message>
        <source>Save the well</source>
        <translation>Save the well</translation>
    </message>
    <message>
        <source>Next part of the well</source>
        <translation>Next part of the well</translation>
    </message>
    <message>
        <source>Previous part of the well</source>
        <translation>Previous part of the well</translation>
    </message>
    <message>
        <source>Fill in from the catalogue</source>
        <translation>Fill in from the catalogue</translation>
    </message>
    <message>
        <source>From the catalogue</source>
        <translation>From the catalogue</translation>
    </message>
    <message>
        <source>It was changed: a new entry with its own date</source>
        <translation>It was changed: a new entry with its own date</translation>
    </message>
    <message>
        <source>It was changed…</source>
        <translation>It was changed…</translation>
    </message>
    <message>
        <source>Copy from another well…</source>
        <translation>Copy from another well…</translation>
    </message>
    <message>
        <source>Copy from…</source>
        <translation>Copy from…</translation>
    </message>
    <message>
        <source>In the well builder</source>
        <translation>In the well builder</translation>
    </message>
    <message>
        <source>Well builder…</source>
        <translation>Well builder…</translation>
    </message>
    <message>
        <source>New well…</source>
        <translation>New well…</translation>
    </message>
    <message>
        <source>Name, lift, pump, rods, unit, survey and fluid in one window</source>
        <translation>Name, lift, pump, rods, unit, survey and fluid in one window</translation>
    </message>
    <message>
        <source>Unit, pump, motor, cable, pipes by name, rods by size and grade; what you typed stays</source>
        <translation>Unit, pump, motor, cable, pipes by name, rods by size and grade; what you typed stays</translation>
    </message>
    <message>
        <source>Period by its dates…</source>
        <translation>Period by its dates…</translation>
    </message>
    <message>
        <source>Take back what was done last</source>
        <translation>Take back what was done last</translation>
    </message>
    <message>
        <source>An entry, a change, a deletion, a decision, a note, an import</source>
        <translation>An entry, a change, a deletion, a decision, a note, an import</translation>
    </message>
    <message>
        <source>Do again what was taken back last</source>
        <translation>Do again what was taken back last</translation>
    </message>
    <message>
        <source>a note stands at a moment: right click on a chart over time</source>
        <translation>a note stands at a moment: right click on a chart over time</translation>
    </message>
    <message>
        <source>click on the chart: the cursor that is measured from</source>
        <translation>click on the chart: the cursor that is measured from</translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation>Copy data</translation>
    </message>
    <message>
        <source>Save as a page for a browser (HTML)…</source>
        <translation>Save as a page for a browser (HTML)…</translation>
    </message>
    <message>
        <source>One file to zoom and read values in, for somebody who has not the program</source>
        <translation>One file to zoom and read values in, for somebody who has not the program</translation>
    </message>
    <message>
        <source>Full screen (Esc closes it)</source>
        <translation>Full screen (Esc closes it)</translation>
    </message>
    <message>
        <source>Copy what is between the cursors</source>
        <translation>Copy what is between the cursors</translation>
    </message>
    <message>
        <source>Difference, mean, least, most and slope a day of every pen</source>
        <translation>Difference, mean, least, most and slope a day of every pen</translation>
    </message>
    <message>
        <source>Computed pens…</source>
        <translation>Computed pens…</translation>
    </message>
    <message>
        <source>Pens computed of others: differences, shares, means, changes</source>
        <translation>Pens computed of others: differences, shares, means, changes</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Compare…</translation>
    </message>
    <message>
        <source>One pen against another, the pen of several wells, the pen in several periods</source>
        <translation>One pen against another, the pen of several wells, the pen in several periods</translation>
    </message>
    <message>
        <source>Merge with another well…</source>
        <translation>Merge with another well…</translation>
    </message>
    <message>
        <source>Two wells that turned out to be one; nothing is written over</source>
        <translation>Two wells that turned out to be one; nothing is written over</translation>
    </message>
    <message>
        <source>no well is chosen: click one in the list at the left, or Ctrl+F</source>
        <translation>no well is chosen: click one in the list at the left, or Ctrl+F</translation>
    </message>
    <message>
        <source>there are no wells yet: make one (Ctrl+Shift+N), import files (Ctrl+O) or connect to the centre</source>
        <translation>there are no wells yet: make one (Ctrl+Shift+N), import files (Ctrl+O) or connect to the centre</translation>
    </message>
    <message>
        <source>it is not here</source>
        <translation>it is not here</translation>
    </message>
    <message>
        <source>Remove the demo field…</source>
        <translation>Remove the demo field…</translation>
    </message>
    <message>
        <source>Connect to the centre…</source>
        <translation>Connect to the centre…</translation>
    </message>
    <message>
        <source>By a code or a file from IT</source>
        <translation>By a code or a file from IT</translation>
    </message>
    <message>
        <source>In the list of wells</source>
        <translation>In the list of wells</translation>
    </message>
    <message>
        <source>several wells are chosen: one at a time</source>
        <translation>several wells are chosen: one at a time</translation>
    </message>
    <message>
        <source>no well is hidden</source>
        <translation>no well is hidden</translation>
    </message>
    <message>
        <source>Open the well</source>
        <translation>Open the well</translation>
    </message>
    <message>
        <source>Favourite ★, or no longer</source>
        <translation>Favourite ★, or no longer</translation>
    </message>
    <message>
        <source>Report of the chosen wells</source>
        <translation>Report of the chosen wells</translation>
    </message>
    <message>
        <source>Diagnose the chosen wells</source>
        <translation>Diagnose the chosen wells</translation>
    </message>
    <message>
        <source>Tables of the chosen wells…</source>
        <translation>Tables of the chosen wells…</translation>
    </message>
    <message>
        <source>Readings, dynamograms, flow tests, samples: CSV in a folder</source>
        <translation>Readings, dynamograms, flow tests, samples: CSV in a folder</translation>
    </message>
    <message>
        <source>Edit the well…</source>
        <translation>Edit the well…</translation>
    </message>
    <message>
        <source>It is another well too: merge…</source>
        <translation>It is another well too: merge…</translation>
    </message>
    <message>
        <source>Hide from the list</source>
        <translation>Hide from the list</translation>
    </message>
    <message>
        <source>Only from this list: it is found by its name, and nothing is lost</source>
        <translation>Only from this list: it is found by its name, and nothing is lost</translation>
    </message>
    <message>
        <source>Show the hidden wells again</source>
        <translation>Show the hidden wells again</translation>
    </message>
    <message>
        <source>Limits of the scales…</source>
        <translation>Limits of the scales…</translation>
    </message>
    <message>
        <source>From and to of each scale; those not fixed follow their pens</source>
        <translation>From and to of each scale; those not fixed follow their pens</translation>
    </message>
    <message>
        <source>Keep as a view…</source>
        <translation>Keep as a view…</translation>
    </message>
    <message>
        <source>Pens, scales, panes, period under a name, for this well or its kind</source>
        <translation>Pens, scales, panes, period under a name, for this well or its kind</translation>
    </message>
    <message>
        <source>only into an empty profile, and there are wells in this one</source>
        <translation>only into an empty profile, and there are wells in this one</translation>
    </message>
    <message>
        <source>Backup of the profile…</source>
        <translation>Backup of the profile…</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Restore a backup…</translation>
    </message>
    <message>
        <source>The profile of another laptop, into an empty one</source>
        <translation>The profile of another laptop, into an empty one</translation>
    </message>
    <message>
        <source>Everything in one file under a passphrase, checked</source>
        <translation>Everything in one file under a passphrase, checked</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Manual</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>What is this?</translation>
    </message>
    <message>
        <source>The control that has the focus or is under the pointer</source>
        <translation>The control that has the focus or is under the pointer</translation>
    </message>
    <message>
        <source>more than two wells are chosen</source>
        <translation>more than two wells are chosen</translation>
    </message>
    <message>
        <source>Cards of other wells…</source>
        <translation>Cards of other wells…</translation>
    </message>
    <message>
        <source>Lay the cards of other wells over this one</source>
        <translation>Lay the cards of other wells over this one</translation>
    </message>
    <message>
        <source>Other wells…</source>
        <translation>Other wells…</translation>
    </message>
    <message>
        <source>Glove mode on or off</source>
        <translation>Glove mode on or off</translation>
    </message>
    <message>
        <source>Large letters and targets, for gloves</source>
        <translation>Large letters and targets, for gloves</translation>
    </message>
    <message>
        <source>IT has set this for the machine</source>
        <translation>IT has set this for the machine</translation>
    </message>
    <message>
        <source>Cards like this one…</source>
        <translation>Cards like this one…</translation>
    </message>
    <message>
        <source>The nearest cards of all wells, with what they turned out to be</source>
        <translation>The nearest cards of all wells, with what they turned out to be</translation>
    </message>
    <message>
        <source>Alike…</source>
        <translation>Alike…</translation>
    </message>
    <message>
        <source>no alarm is chosen</source>
        <translation>no alarm is chosen</translation>
    </message>
    <message>
        <source>none of the chosen ones waits to be acknowledged</source>
        <translation>none of the chosen ones waits to be acknowledged</translation>
    </message>
    <message>
        <source>none of the chosen ones is shelved</source>
        <translation>none of the chosen ones is shelved</translation>
    </message>
    <message>
        <source>nothing was done here yet</source>
        <translation>nothing was done here yet</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Acknowledge</translation>
    </message>
    <message>
        <source>Those that are chosen, one or many: somebody has seen them</source>
        <translation>Those that are chosen, one or many: somebody has seen them</translation>
    </message>
    <message>
        <source>Acknowledge with a comment…</source>
        <translation>Acknowledge with a comment…</translation>
    </message>
    <message>
        <source>With a comment…</source>
        <translation>With a comment…</translation>
    </message>
    <message>
        <source>Shelve…</source>
        <translation>Shelve…</translation>
    </message>
    <message>
        <source>Out of the way for a while, with a reason; it comes back</source>
        <translation>Out of the way for a while, with a reason; it comes back</translation>
    </message>
    <message>
        <source>Take off the shelf</source>
        <translation>Take off the shelf</translation>
    </message>
    <message>
        <source>Take back what was done here last</source>
        <translation>Take back what was done here last</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>Its trend</source>
        <translation>Its trend</translation>
    </message>
    <message>
        <source>The well&apos;s trends about the time of the alarm</source>
        <translation>The well&apos;s trends about the time of the alarm</translation>
    </message>
    <message>
        <source>Limits of the well…</source>
        <translation>Limits of the well…</translation>
    </message>
    <message>
        <source>Limits…</source>
        <translation>Limits…</translation>
    </message>
    <message>
        <source>On the page of alarms</source>
        <translation>On the page of alarms</translation>
    </message>
    <message>
        <source>Find: a well, a command, an entry, a document</source>
        <translation>Find: a well, a command, an entry, a document</translation>
    </message>
    <message>
        <source>By any word, also of what stands in documents</source>
        <translation>By any word, also of what stands in documents</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare · well {name}</source>
        <translation>Compare · well {name}</translation>
    </message>
    <message>
        <source>One pen against another</source>
        <translation>One pen against another</translation>
    </message>
    <message>
        <source>The pen of several wells</source>
        <translation>The pen of several wells</translation>
    </message>
    <message>
        <source>The pen in several periods</source>
        <translation>The pen in several periods</translation>
    </message>
    <message>
        <source>What is laid over</source>
        <translation>What is laid over</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>Pen</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>Against</translation>
    </message>
    <message>
        <source>Wells with the same lift</source>
        <translation>Wells with the same lift</translation>
    </message>
    <message>
        <source>Earlier periods of the same length</source>
        <translation>Earlier periods of the same length</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>Days since the beginning</source>
        <translation>Days since the beginning</translation>
    </message>
    <message>
        <source>There is nothing of it in this period.</source>
        <translation>There is nothing of it in this period.</translation>
    </message>
    <message>
        <source>{unit}/d</source>
        <translation>{unit}/d</translation>
    </message>
</context>
<context>
    <name>ComputedDialog</name>
    <message>
        <source>Computed pens</source>
        <translation>Computed pens</translation>
    </message>
    <message>
        <source>Computed pens of this field</source>
        <translation>Computed pens of this field</translation>
    </message>
    <message>
        <source>Put a sensor into the formula</source>
        <translation>Put a sensor into the formula</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Show on the chart</source>
        <translation>Show on the chart</translation>
    </message>
    <message>
        <source>New</source>
        <translation>New</translation>
    </message>
    <message>
        <source>Put in a sensor…</source>
        <translation>Put in a sensor…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Sensors in square brackets or by their keys; + − * / ^; numbers with units (6 h, 0.5 MPa); mean(x, 24 h), change(x) in a day, abs, min, max. What is added must be of one kind. Readings of different moments meet as means of 1 min to 1 day, as coarse as the window asks.</source>
        <translation>Sensors in square brackets or by their keys; + − * / ^; numbers with units (6 h, 0.5 MPa); mean(x, 24 h), change(x) in a day, abs, min, max. What is added must be of one kind. Readings of different moments meet as means of 1 min to 1 day, as coarse as the window asks.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Formula</translation>
    </message>
    <message>
        <source>Comes out in {unit}</source>
        <translation>Comes out in {unit}</translation>
    </message>
    <message>
        <source>{words} a day</source>
        <translation>{words} a day</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Changed by two people</source>
        <translation>Changed by two people</translation>
    </message>
    <message>
        <source>Keep what is chosen</source>
        <translation>Keep what is chosen</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Decide later</translation>
    </message>
    <message>
        <source>Both values stay in the record&apos;s history, whichever you choose.</source>
        <translation>Both values stay in the record&apos;s history, whichever you choose.</translation>
    </message>
    <message>
        <source>another laptop</source>
        <translation>another laptop</translation>
    </message>
    <message>
        <source>{kind} of {time}: you and {author} changed the same fields.</source>
        <translation>{kind} of {time}: you and {author} changed the same fields.</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Yours</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Well</translation>
    </message>
</context>
<context>
    <name>ConnectionsDialog</name>
    <message>
        <source>Connections</source>
        <translation>Connections</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Save and test</source>
        <translation>Save and test</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Token of this device</source>
        <translation>Token of this device</translation>
    </message>
    <message>
        <source>Password for ClickHouse</source>
        <translation>Password for ClickHouse</translation>
    </message>
    <message>
        <source>Password for Oracle</source>
        <translation>Password for Oracle</translation>
    </message>
    <message>
        <source>kept; type to replace</source>
        <translation>kept; type to replace</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>not set</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Asking…</translation>
    </message>
    <message>
        <source>No connection is set up.</source>
        <translation>No connection is set up.</translation>
    </message>
</context>
<context>
    <name>CurvesColumn</name>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>Pressure</translation>
    </message>
    <message>
        <source>Lift gas</source>
        <translation>Lift gas</translation>
    </message>
    <message>
        <source>Liquid</source>
        <translation>Liquid</translation>
    </message>
    <message>
        <source>Pump at the last test</source>
        <translation>Pump at the last test</translation>
    </message>
    <message>
        <source>Rate over lift gas</source>
        <translation>Rate over lift gas</translation>
    </message>
    <message>
        <source>What the chart shows</source>
        <translation>What the chart shows</translation>
    </message>
    <message>
        <source>tests before</source>
        <translation>tests before</translation>
    </message>
    <message>
        <source>last test</source>
        <translation>last test</translation>
    </message>
    <message>
        <source>IPR, VLP (dashed)</source>
        <translation>IPR, VLP (dashed)</translation>
    </message>
</context>
<context>
    <name>DemoField</name>
    <message>
        <source>Remove the demo field</source>
        <translation>Remove the demo field</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Profile of the device</source>
        <translation>Profile of the device</translation>
    </message>
    <message>
        <source>Port or address</source>
        <translation>Port or address</translation>
    </message>
    <message>
        <source>Find ports</source>
        <translation>Find ports</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Connect</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Disconnect</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Take the archive</source>
        <translation>Take the archive</translation>
    </message>
    <message>
        <source>Take a card</source>
        <translation>Take a card</translation>
    </message>
    <message>
        <source>Progress of the archive</source>
        <translation>Progress of the archive</translation>
    </message>
    <message>
        <source>Not connected. Nothing is ever written to a device.</source>
        <translation>Not connected. Nothing is ever written to a device.</translation>
    </message>
    <message>
        <source>Choose a profile, and a port or an address.</source>
        <translation>Choose a profile, and a port or an address.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connecting…</translation>
    </message>
    <message>
        <source>Disconnecting…</source>
        <translation>Disconnecting…</translation>
    </message>
    <message>
        <source>Reading the archive…</source>
        <translation>Reading the archive…</translation>
    </message>
    <message>
        <source>Reading the card…</source>
        <translation>Reading the card…</translation>
    </message>
    <message>
        <source>Connected; values the device refuses: {count}.</source>
        <translation>Connected; values the device refuses: {count}.</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Connected.</translation>
    </message>
    <message>
        <source>Card of {moment}, {points} points, stored.</source>
        <translation>Card of {moment}, {points} points, stored.</translation>
    </message>
    <message>
        <source>The card of {moment} is there already.</source>
        <translation>The card of {moment} is there already.</translation>
    </message>
    <message>
        <source>{well}: saved {saved} readings, until {until}; waiting: {waiting}</source>
        <translation>{well}: saved {saved} readings, until {until}; waiting: {waiting}</translation>
    </message>
    <message>
        <source>Broken off: what is stored stays, and the next time goes on behind it.</source>
        <translation>Broken off: what is stored stays, and the next time goes on behind it.</translation>
    </message>
    <message>
        <source>Take the events</source>
        <translation>Take the events</translation>
    </message>
    <message>
        <source>Reading the events…</source>
        <translation>Reading the events…</translation>
    </message>
    <message>
        <source>What is taken goes to well {well}</source>
        <translation>What is taken goes to well {well}</translation>
    </message>
    <message>
        <source>The profile is saved.</source>
        <translation>The profile is saved.</translation>
    </message>
    <message>
        <source>The profile is saved. The device is read by the one before until it is connected anew.</source>
        <translation>The profile is saved. The device is read by the one before until it is connected anew.</translation>
    </message>
</context>
<context>
    <name>Drawing</name>
    <message>
        <source>Drawing of the well</source>
        <translation>Drawing of the well</translation>
    </message>
    <message>
        <source>end of rods</source>
        <translation>end of rods</translation>
    </message>
    <message>
        <source>pump</source>
        <translation>pump</translation>
    </message>
    <message>
        <source>packer</source>
        <translation>packer</translation>
    </message>
    <message>
        <source>perforations from</source>
        <translation>perforations from</translation>
    </message>
    <message>
        <source>to</source>
        <translation>to</translation>
    </message>
    <message>
        <source>casing shoe</source>
        <translation>casing shoe</translation>
    </message>
    <message>
        <source>Pump, rods and hole are drawn here as they are typed.</source>
        <translation>Pump, rods and hole are drawn here as they are typed.</translation>
    </message>
</context>
<context>
    <name>EchoDialog</name>
    <message>
        <source>Time after the shot, s</source>
        <translation>Time after the shot, s</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Take the level</source>
        <translation>Take the level</translation>
    </message>
    <message>
        <source>Drag the red line to the echo of the level, or type its time.</source>
        <translation>Drag the red line to the echo of the level, or type its time.</translation>
    </message>
    <message>
        <source>channel {number}</source>
        <translation>channel {number}</translation>
    </message>
</context>
<context>
    <name>Entering</name>
    <message>
        <source>New entry</source>
        <translation>New entry</translation>
    </message>
</context>
<context>
    <name>EntryForm</name>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Add photo or file…</source>
        <translation>Add photo or file…</translation>
    </message>
    <message>
        <source>What was typed before is here again.</source>
        <translation>What was typed before is here again.</translation>
    </message>
    <message>
        <source>Photo or file</source>
        <translation>Photo or file</translation>
    </message>
    <message>
        <source>Drop what was typed</source>
        <translation>Drop what was typed</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>What was typed is kept as a draft and stands here the next time</source>
        <translation>What was typed is kept as a draft and stands here the next time</translation>
    </message>
    <message>
        <source>The changes are not saved. Close once more to drop them.</source>
        <translation>The changes are not saved. Close once more to drop them.</translation>
    </message>
    <message>
        <source>{moment} is still to come. Save once more if it is meant.</source>
        <translation>{moment} is still to come. Save once more if it is meant.</translation>
    </message>
    <message>
        <source>{moment} is before anything that is known of the well ({begins}). Save once more if it is meant.</source>
        <translation>{moment} is before anything that is known of the well ({begins}). Save once more if it is meant.</translation>
    </message>
    <message>
        <source>Well {name}</source>
        <translation>Well {name}</translation>
    </message>
</context>
<context>
    <name>EventStrip</name>
    <message>
        <source>Findings and events</source>
        <translation>Findings and events</translation>
    </message>
</context>
<context>
    <name>EventsTable</name>
    <message>
        <source>Events of the device</source>
        <translation>Events of the device</translation>
    </message>
    <message>
        <source>When</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>Code and words</source>
        <translation>Code and words</translation>
    </message>
    <message>
        <source>By the device&apos;s clock</source>
        <translation>By the device&apos;s clock</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Stored</translation>
    </message>
    <message>
        <source>now</source>
        <translation>now</translation>
    </message>
    <message>
        <source>before</source>
        <translation>before</translation>
    </message>
</context>
<context>
    <name>EvidencePicture</name>
    <message>
        <source>What the readings did</source>
        <translation>What the readings did</translation>
    </message>
</context>
<context>
    <name>FieldBox</name>
    <message>
        <source>Unusual for this value: check it</source>
        <translation>Unusual for this value: check it</translation>
    </message>
    <message>
        <source>Last time: {value}</source>
        <translation>Last time: {value}</translation>
    </message>
</context>
<context>
    <name>FieldPage</name>
    <message>
        <source>Wells of the field</source>
        <translation>Wells of the field</translation>
    </message>
    <message>
        <source>Pad</source>
        <translation>Pad</translation>
    </message>
    <message>
        <source>Who first</source>
        <translation>Who first</translation>
    </message>
    <message>
        <source>Pad over time</source>
        <translation>Pad over time</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Well</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Health</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>What is wrong</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 days</translation>
    </message>
    <message>
        <source>Last reading</source>
        <translation>Last reading</translation>
    </message>
    <message>
        <source>{count} wells, {needing} need action</source>
        <translation>{count} wells, {needing} need action</translation>
    </message>
    <message>
        <source>{field}, pad {pad}</source>
        <translation>{field}, pad {pad}</translation>
    </message>
    <message>
        <source>Liquid</source>
        <translation>Liquid</translation>
    </message>
    <message>
        <source>Diagnose all</source>
        <translation>Diagnose all</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>Where the wells stand, instead of their table</source>
        <translation>Where the wells stand, instead of their table</translation>
    </message>
    <message>
        <source>At the centre</source>
        <translation>At the centre</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Of what</translation>
    </message>
</context>
<context>
    <name>FieldsPanel</name>
    <message>
        <source>Ended</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>Began at</source>
        <translation>Began at</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Ended at</source>
        <translation>Ended at</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>Until when</translation>
    </message>
    <message>
        <source>From when</source>
        <translation>From when</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Figure over time</source>
        <translation>Figure over time</translation>
    </message>
    <message>
        <source>Which cards</source>
        <translation>Which cards</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Difference</translation>
    </message>
    <message>
        <source>Load of the newest chosen card less the one before it</source>
        <translation>Load of the newest chosen card less the one before it</translation>
    </message>
    <message>
        <source>All cards</source>
        <translation>All cards</translation>
    </message>
    <message>
        <source>With findings</source>
        <translation>With findings</translation>
    </message>
</context>
<context>
    <name>FindingBox</name>
    <message>
        <source>Show where</source>
        <translation>Show where</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>Reject…</translation>
    </message>
    <message>
        <source>Reject the finding</source>
        <translation>Reject the finding</translation>
    </message>
    <message>
        <source>Why is it wrong? The reason is kept and sent.</source>
        <translation>Why is it wrong? The reason is kept and sent.</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>Take the decision back: the finding waits for one again</source>
        <translation>Take the decision back: the finding waits for one again</translation>
    </message>
    <message>
        <source>Who decides?</source>
        <translation>Who decides?</translation>
    </message>
    <message>
        <source>Your name, as it stands under what you enter:</source>
        <translation>Your name, as it stands under what you enter:</translation>
    </message>
    <message>
        <source>To the tasks</source>
        <translation>To the tasks</translation>
    </message>
    <message>
        <source>Somebody is to look at it: a task of the day</source>
        <translation>Somebody is to look at it: a task of the day</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Welcome to Wellside</source>
        <translation>Welcome to Wellside</translation>
    </message>
    <message>
        <source>The demo field is being built: the first well opens in some seconds, the others and their earlier days follow. Below you see how far it is, and can stop it.</source>
        <translation>The demo field is being built: the first well opens in some seconds, the others and their earlier days follow. Below you see how far it is, and can stop it.</translation>
    </message>
    <message>
        <source>Here will be your wells: trends of their sensors, dynamograms, what is wrong and why. There are no wells on this laptop yet. Where do they come from?</source>
        <translation>Here will be your wells: trends of their sensors, dynamograms, what is wrong and why. There are no wells on this laptop yet. Where do they come from?</translation>
    </message>
    <message>
        <source>Connect to the centre…</source>
        <translation>Connect to the centre…</translation>
    </message>
    <message>
        <source>By a code or a file from IT: wells and history come by themselves.</source>
        <translation>By a code or a file from IT: wells and history come by themselves.</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Import files…</translation>
    </message>
    <message>
        <source>Tables, dynamograms, documents; they can be dropped here as well.</source>
        <translation>Tables, dynamograms, documents; they can be dropped here as well.</translation>
    </message>
    <message>
        <source>Make a well…</source>
        <translation>Make a well…</translation>
    </message>
    <message>
        <source>Name, lift and equipment; flow tests and levels are entered after it.</source>
        <translation>Name, lift and equipment; flow tests and levels are entered after it.</translation>
    </message>
    <message>
        <source>Look at the demo field</source>
        <translation>Look at the demo field</translation>
    </message>
    <message>
        <source>Fourteen made-up wells with real faults, in half a minute; they can be removed again.</source>
        <translation>Fourteen made-up wells with real faults, in half a minute; they can be removed again.</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Restore a backup…</translation>
    </message>
    <message>
        <source>Your name: it stands under what you enter</source>
        <translation>Your name: it stands under what you enter</translation>
    </message>
</context>
<context>
    <name>FlagField</name>
    <message>
        <source>Not said: Space says yes, once more no</source>
        <translation>Not said: Space says yes, once more no</translation>
    </message>
</context>
<context>
    <name>FlowForm</name>
    <message>
        <source>Take {oil}</source>
        <translation>Take {oil}</translation>
    </message>
    <message>
        <source>liquid × (1 − water cut) × {density}, the oil&apos;s density of {day}</source>
        <translation>liquid × (1 − water cut) × {density}, the oil&apos;s density of {day}</translation>
    </message>
</context>
<context>
    <name>FlowPage</name>
    <message>
        <source>Flow tests</source>
        <translation>Flow tests</translation>
    </message>
    <message>
        <source>No flow tests yet. They come with the data of the centre, or from a file dropped on the window.</source>
        <translation>No flow tests yet. They come with the data of the centre, or from a file dropped on the window.</translation>
    </message>
    <message>
        <source>Rates</source>
        <translation>Rates</translation>
    </message>
    <message>
        <source>Water cut</source>
        <translation>Water cut</translation>
    </message>
    <message>
        <source>Dynamic level</source>
        <translation>Dynamic level</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Taken</translation>
    </message>
    <message>
        <source>GOR, m³/m³</source>
        <translation>GOR, m³/m³</translation>
    </message>
    <message>
        <source>What the pump&apos;s curve gives, set by the other tests</source>
        <translation>What the pump&apos;s curve gives, set by the other tests</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Validity</translation>
    </message>
    <message>
        <source>Liquid, test</source>
        <translation>Liquid, test</translation>
    </message>
    <message>
        <source>in doubt</source>
        <translation>in doubt</translation>
    </message>
    <message>
        <source>By pump</source>
        <translation>By pump</translation>
    </message>
    <message>
        <source>pump</source>
        <translation>pump</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Liquid</source>
        <translation>Liquid</translation>
    </message>
    <message>
        <source>Oil</source>
        <translation>Oil</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Cut</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Head</translation>
    </message>
    <message>
        <source>catalogue</source>
        <translation>catalogue</translation>
    </message>
    <message>
        <source>what is left</source>
        <translation>what is left</translation>
    </message>
    <message>
        <source>test</source>
        <translation>test</translation>
    </message>
    <message>
        <source>node</source>
        <translation>node</translation>
    </message>
</context>
<context>
    <name>ForecastPage</name>
    <message>
        <source>Run life, days</source>
        <translation>Run life, days</translation>
    </message>
    <message>
        <source>Still running, %</source>
        <translation>Still running, %</translation>
    </message>
    <message>
        <source>Chance to fail</source>
        <translation>Chance to fail</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>Days to a limit</source>
        <translation>Days to a limit</translation>
    </message>
    <message>
        <source>Pumps of this kind</source>
        <translation>Pumps of this kind</translation>
    </message>
    <message>
        <source>Run life of this kind (Kaplan–Meier, Weibull)</source>
        <translation>Run life of this kind (Kaplan–Meier, Weibull)</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Decline</translation>
    </message>
    <message>
        <source>Kaplan–Meier</source>
        <translation>Kaplan–Meier</translation>
    </message>
    <message>
        <source>now</source>
        <translation>now</translation>
    </message>
    <message>
        <source>weekly median</source>
        <translation>weekly median</translation>
    </message>
    <message>
        <source>decline</source>
        <translation>decline</translation>
    </message>
    <message>
        <source>Liquid rate</source>
        <translation>Liquid rate</translation>
    </message>
    <message>
        <source>Made at the centre</source>
        <translation>Made at the centre</translation>
    </message>
    <message>
        <source>decline, by the centre</source>
        <translation>decline, by the centre</translation>
    </message>
    <message>
        <source>Run life of the field</source>
        <translation>Run life of the field</translation>
    </message>
</context>
<context>
    <name>FoundPanel</name>
    <message>
        <source>Found</source>
        <translation>Found</translation>
    </message>
</context>
<context>
    <name>HandOver</name>
    <message>
        <source>Save PDF…</source>
        <translation>Save PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Print…</translation>
    </message>
    <message>
        <source>Excel…</source>
        <translation>Excel…</translation>
    </message>
    <message>
        <source>A file for each well…</source>
        <translation>A file for each well…</translation>
    </message>
    <message>
        <source>For an archive: readable without anything from outside</source>
        <translation>For an archive: readable without anything from outside</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Save the report</translation>
    </message>
    <message>
        <source>Save as Excel</source>
        <translation>Save as Excel</translation>
    </message>
    <message>
        <source>Folder of the reports</source>
        <translation>Folder of the reports</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>By</source>
        <translation>By</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>What changed</translation>
    </message>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>From the file {name}</source>
        <translation>From the file {name}</translation>
    </message>
    <message>
        <source>Came with the data of the centre; not changed here.</source>
        <translation>Came with the data of the centre; not changed here.</translation>
    </message>
    <message>
        <source>Save the original…</source>
        <translation>Save the original…</translation>
    </message>
    <message>
        <source>Save the original</source>
        <translation>Save the original</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import: {file}</source>
        <translation>Import: {file}</translation>
    </message>
    <message>
        <source>Only rows with problems</source>
        <translation>Only rows with problems</translation>
    </message>
    <message>
        <source>Skip the chosen rows</source>
        <translation>Skip the chosen rows</translation>
    </message>
    <message>
        <source>Skip all rows with errors</source>
        <translation>Skip all rows with errors</translation>
    </message>
    <message>
        <source>Leave cells that do not fit empty</source>
        <translation>Leave cells that do not fit empty</translation>
    </message>
    <message>
        <source>Save as a template…</source>
        <translation>Save as a template…</translation>
    </message>
    <message>
        <source>Skip the file</source>
        <translation>Skip the file</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>First rows of the file</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Template</translation>
    </message>
    <message>
        <source>Name of the laboratory or of the form</source>
        <translation>Name of the laboratory or of the form</translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>Import files</source>
        <translation>Import files</translation>
    </message>
    <message>
        <source>The file {name} names no well. Which well is it from?</source>
        <translation>The file {name} names no well. Which well is it from?</translation>
    </message>
    <message>
        <source>Which well?</source>
        <translation>Which well?</translation>
    </message>
    <message>
        <source>The file {name} is from well “{well}”, which is not known. Which well is it?</source>
        <translation>The file {name} is from well “{well}”, which is not known. Which well is it?</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>pasted</translation>
    </message>
    <message>
        <source>A new well: {well}</source>
        <translation>A new well: {well}</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Cancel: {job}</source>
        <translation>Cancel: {job}</translation>
    </message>
</context>
<context>
    <name>JoinDialog</name>
    <message>
        <source>Connect to the centre</source>
        <translation>Connect to the centre</translation>
    </message>
    <message>
        <source>Code from IT</source>
        <translation>Code from IT</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>From a file…</translation>
    </message>
    <message>
        <source>Address and token by hand…</source>
        <translation>Address and token by hand…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Connect</translation>
    </message>
    <message>
        <source>IT gives a code or a file with it. It holds the address of the centre and the token of this laptop: keep it to yourself.</source>
        <translation>IT gives a code or a file with it. It holds the address of the centre and the token of this laptop: keep it to yourself.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Asking…</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Save the protocol</source>
        <translation>Save the protocol</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Command or key</source>
        <translation>Command or key</translation>
    </message>
    <message>
        <source>Commands with their keys</source>
        <translation>Commands with their keys</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Command</translation>
    </message>
</context>
<context>
    <name>LabPage</name>
    <message>
        <source>No analyses yet. Drop the laboratory&apos;s file on the window, or add a sample.</source>
        <translation>No analyses yet. Drop the laboratory&apos;s file on the window, or add a sample.</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Lab</translation>
    </message>
    <message>
        <source>Add a sample…</source>
        <translation>Add a sample…</translation>
    </message>
    <message>
        <source>Parameter of the chart</source>
        <translation>Parameter of the chart</translation>
    </message>
    <message>
        <source>Sample no.</source>
        <translation>Sample no.</translation>
    </message>
    <message>
        <source>Sampling point</source>
        <translation>Sampling point</translation>
    </message>
    <message>
        <source>Laboratory</source>
        <translation>Laboratory</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Method</translation>
    </message>
    <message>
        <source>Sampled</source>
        <translation>Sampled</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>result</source>
        <translation>result</translation>
    </message>
    <message>
        <source>limit of detection</source>
        <translation>limit of detection</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Pens</source>
        <translation>Pens</translation>
    </message>
</context>
<context>
    <name>LevelForm</name>
    <message>
        <source>From an acoustic trace…</source>
        <translation>From an acoustic trace…</translation>
    </message>
    <message>
        <source>A file of sound or a table of samples; one can be dropped here as well</source>
        <translation>A file of sound or a table of samples; one can be dropped here as well</translation>
    </message>
    <message>
        <source>Acoustic trace</source>
        <translation>Acoustic trace</translation>
    </message>
</context>
<context>
    <name>LiftsBox</name>
    <message>
        <source>Change the lift</source>
        <translation>Change the lift</translation>
    </message>
    <message>
        <source>Leave the lift</source>
        <translation>Leave the lift</translation>
    </message>
</context>
<context>
    <name>LimitsDialog</name>
    <message>
        <source>Limits of the scales</source>
        <translation>Limits of the scales</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Scale</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>Fixed</translation>
    </message>
    <message>
        <source>From</source>
        <translation>From</translation>
    </message>
    <message>
        <source>To</source>
        <translation>To</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Apply</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Fixed: {scale}</source>
        <translation>Fixed: {scale}</translation>
    </message>
    <message>
        <source>The lower limit must be below the upper one.</source>
        <translation>The lower limit must be below the upper one.</translation>
    </message>
</context>
<context>
    <name>ManualDialog</name>
    <message>
        <source>Manual</source>
        <translation>Manual</translation>
    </message>
    <message>
        <source>Find in the manual</source>
        <translation>Find in the manual</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Found</translation>
    </message>
    <message>
        <source>Text of the manual</source>
        <translation>Text of the manual</translation>
    </message>
    <message>
        <source>Nothing of that stands in the manual. Try another word.</source>
        <translation>Nothing of that stands in the manual. Try another word.</translation>
    </message>
</context>
<context>
    <name>MeasuredPanel</name>
    <message>
        <source>Between the cursors</source>
        <translation>Between the cursors</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>Pen</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mean</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>Least</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Most</translation>
    </message>
    <message>
        <source>Per day</source>
        <translation>Per day</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>Point at the other end, or click to keep it there</source>
        <translation>Point at the other end, or click to keep it there</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days} d</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Merge well {name}</source>
        <translation>Merge well {name}</translation>
    </message>
    <message>
        <source>The well that stays</source>
        <translation>The well that stays</translation>
    </message>
    <message>
        <source>Name of the well that stays</source>
        <translation>Name of the well that stays</translation>
    </message>
    <message>
        <source>It is one well all the same</source>
        <translation>It is one well all the same</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Merge</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Goes into</source>
        <translation>Goes into</translation>
    </message>
    <message>
        <source>Looking at both wells…</source>
        <translation>Looking at both wells…</translation>
    </message>
    <message>
        <source>Several wells are called so: choose from the list.</source>
        <translation>Several wells are called so: choose from the list.</translation>
    </message>
    <message>
        <source>There is no such well: choose from the list.</source>
        <translation>There is no such well: choose from the list.</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Compare with</translation>
    </message>
    <message>
        <source>by evidence</source>
        <translation>by evidence</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nothing</translation>
    </message>
    <message>
        <source>stands</source>
        <translation>stands</translation>
    </message>
    <message>
        <source>the whole history as one drawdown</source>
        <translation>the whole history as one drawdown</translation>
    </message>
    <message>
        <source>without the gauge&apos;s drift</source>
        <translation>without the gauge&apos;s drift</translation>
    </message>
    <message>
        <source>The next test should tell a boundary at, m</source>
        <translation>The next test should tell a boundary at, m</translation>
    </message>
</context>
<context>
    <name>ModelsPanel</name>
    <message>
        <source>Models and measurements</source>
        <translation>Models and measurements</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Model less measured</source>
        <translation>Model less measured</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Compared</translation>
    </message>
    <message>
        <source>Grows in 30 d</source>
        <translation>Grows in 30 d</translation>
    </message>
</context>
<context>
    <name>MomentEdit</name>
    <message>
        <source>Calendar (Alt+Down)</source>
        <translation>Calendar (Alt+Down)</translation>
    </message>
    <message>
        <source>There is no such date or hour</source>
        <translation>There is no such date or hour</translation>
    </message>
</context>
<context>
    <name>OthersDialog</name>
    <message>
        <source>Cards of other wells</source>
        <translation>Cards of other wells</translation>
    </message>
    <message>
        <source>Name of a well</source>
        <translation>Name of a well</translation>
    </message>
    <message>
        <source>Wells that have dynamograms</source>
        <translation>Wells that have dynamograms</translation>
    </message>
    <message numerus="yes">
        <source>Of each well the card nearest in time to the one that is open. %n at most.</source>
        <translation>
            <numerusform>Of each well the card nearest in time to the one that is open. %n at most.</numerusform>
            <numerusform>Of each well the card nearest in time to the one that is open. %n at most.</numerusform>
        </translation>
    </message>
    <message>
        <source>No other well has a dynamogram.</source>
        <translation>No other well has a dynamogram.</translation>
    </message>
</context>
<context>
    <name>OverflowRow</name>
    <message>
        <source>More</source>
        <translation>More</translation>
    </message>
    <message>
        <source>What the window has no room for</source>
        <translation>What the window has no room for</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>What was found</source>
        <translation>What was found</translation>
    </message>
    <message>
        <source>Diagnose again</source>
        <translation>Diagnose again</translation>
    </message>
    <message>
        <source>Last readings</source>
        <translation>Last readings</translation>
    </message>
    <message>
        <source>No data yet. Drop a file with readings or a dynamogram on the window.</source>
        <translation>No data yet. Drop a file with readings or a dynamogram on the window.</translation>
    </message>
    <message>
        <source>Nothing is wrong as far as the readings tell.</source>
        <translation>Nothing is wrong as far as the readings tell.</translation>
    </message>
    <message>
        <source>Last flow test {moment}: liquid {liquid}, oil {oil}, water cut {cut}</source>
        <translation>Last flow test {moment}: liquid {liquid}, oil {oil}, water cut {cut}</translation>
    </message>
    <message>
        <source>No flow tests in the last 90 days.</source>
        <translation>No flow tests in the last 90 days.</translation>
    </message>
    <message>
        <source>Last dynamogram {moment}</source>
        <translation>Last dynamogram {moment}</translation>
    </message>
    <message>
        <source>dynamograms: {count}</source>
        <translation>dynamograms: {count}</translation>
    </message>
    <message>
        <source>nothing new</source>
        <translation>nothing new</translation>
    </message>
    <message>
        <source>Since your last visit ({moment}): {news}.</source>
        <translation>Since your last visit ({moment}): {news}.</translation>
    </message>
    <message>
        <source>, by hand</source>
        <translation>, by hand</translation>
    </message>
    <message>
        <source>{what}, {moment}: {values}</source>
        <translation>{what}, {moment}: {values}</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Import files…</translation>
    </message>
    <message>
        <source>Show more findings ({count} left)</source>
        <translation>Show more findings ({count} left)</translation>
    </message>
    <message>
        <source>The alarms of this well</source>
        <translation>The alarms of this well</translation>
    </message>
    <message>
        <source>No readings and no dynamograms yet: there is nothing to judge the well by.</source>
        <translation>No readings and no dynamograms yet: there is nothing to judge the well by.</translation>
    </message>
    <message>
        <source>No readings yet.</source>
        <translation>No readings yet.</translation>
    </message>
    <message>
        <source>Last readings, {moment}</source>
        <translation>Last readings, {moment}</translation>
    </message>
</context>
<context>
    <name>PadChart</name>
    <message>
        <source>Episodes of the pad over time</source>
        <translation>Episodes of the pad over time</translation>
    </message>
</context>
<context>
    <name>PageStack</name>
    <message>
        <source>Opening…</source>
        <translation>Opening…</translation>
    </message>
</context>
<context>
    <name>PageTabs</name>
    <message>
        <source>More ▾</source>
        <translation>More ▾</translation>
    </message>
    <message>
        <source>Pages that the window has no room for</source>
        <translation>Pages that the window has no room for</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Overview</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>Trends</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Cards</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>Flow and levels</source>
        <translation>Flow and levels</translation>
    </message>
    <message>
        <source>Well tests</source>
        <translation>Well tests</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>Forecast</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Lab</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Events</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>My work</source>
        <translation>My work</translation>
    </message>
    <message>
        <source>What to set</source>
        <translation>What to set</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>Instruments</source>
        <translation>Instruments</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Alarms</translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
</context>
<context>
    <name>Pens</name>
    <message>
        <source>Pressure</source>
        <translation>Pressure</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperature</translation>
    </message>
    <message>
        <source>Current</source>
        <translation>Current</translation>
    </message>
    <message>
        <source>Voltage</source>
        <translation>Voltage</translation>
    </message>
    <message>
        <source>Frequency</source>
        <translation>Frequency</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Power</translation>
    </message>
    <message>
        <source>Power factor</source>
        <translation>Power factor</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>Insulation</source>
        <translation>Insulation</translation>
    </message>
    <message>
        <source>Vibration</source>
        <translation>Vibration</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Speed</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Choke</source>
        <translation>Choke</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>{unit}/d</source>
        <translation>{unit}/d</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Difference</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
</context>
<context>
    <name>Period</name>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 d</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 d</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>90 d</translation>
    </message>
    <message>
        <source>1 y</source>
        <translation>1 y</translation>
    </message>
    <message>
        <source>All</source>
        <translation>All</translation>
    </message>
</context>
<context>
    <name>PeriodBar</name>
    <message>
        <source>Period</source>
        <translation>Period</translation>
    </message>
    <message>
        <source>Type another period</source>
        <translation>Type another period</translation>
    </message>
    <message>
        <source>own</source>
        <translation>own</translation>
    </message>
</context>
<context>
    <name>PeriodDialog</name>
    <message>
        <source>Period</source>
        <translation>Period</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>From</source>
        <translation>From</translation>
    </message>
    <message>
        <source>To</source>
        <translation>To</translation>
    </message>
    <message>
        <source>The end must be later than the beginning.</source>
        <translation>The end must be later than the beginning.</translation>
    </message>
    <message>
        <source>There is no such date or hour.</source>
        <translation>There is no such date or hour.</translation>
    </message>
</context>
<context>
    <name>PreviewModel</name>
    <message>
        <source>Is</source>
        <translation>Is</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Becomes</translation>
    </message>
</context>
<context>
    <name>ProductionPanel</name>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Production</translation>
    </message>
    <message>
        <source>liquid</source>
        <translation>liquid</translation>
    </message>
    <message>
        <source>oil</source>
        <translation>oil</translation>
    </message>
    <message>
        <source>water injected</source>
        <translation>water injected</translation>
    </message>
</context>
<context>
    <name>QuestionsBox</name>
    <message>
        <source>What the file leaves open</source>
        <translation>What the file leaves open</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>line {line}</translation>
    </message>
    <message>
        <source>other, kg/m³</source>
        <translation>other, kg/m³</translation>
    </message>
    <message>
        <source>Density of the liquid, or of oil and of water, kg/m³</source>
        <translation>Density of the liquid, or of oil and of water, kg/m³</translation>
    </message>
</context>
<context>
    <name>ReadOfWell</name>
    <message>
        <source>Well {name} is being read…</source>
        <translation>Well {name} is being read…</translation>
    </message>
    <message>
        <source>It could not be read. The messages below say why.</source>
        <translation>It could not be read. The messages below say why.</translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message>
        <source>What is shown</source>
        <translation>What is shown</translation>
    </message>
    <message>
        <source>Everything that was done</source>
        <translation>Everything that was done</translation>
    </message>
    <message>
        <source>Nothing of this kind yet. Add an entry with Ctrl+N, or drop a file on the window.</source>
        <translation>Nothing of this kind yet. Add an entry with Ctrl+N, or drop a file on the window.</translation>
    </message>
    <message>
        <source>Events and documents</source>
        <translation>Events and documents</translation>
    </message>
    <message>
        <source>Add a document…</source>
        <translation>Add a document…</translation>
    </message>
    <message>
        <source>Add an event…</source>
        <translation>Add an event…</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Began</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>By</source>
        <translation>By</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Files</translation>
    </message>
</context>
<context>
    <name>RecordsPanel</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Change…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Undo the change</source>
        <translation>Undo the change</translation>
    </message>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>Export the table</translation>
    </message>
</context>
<context>
    <name>RecoveryKey</name>
    <message>
        <source>Recovery key</source>
        <translation>Recovery key</translation>
    </message>
    <message>
        <source>Make a recovery key</source>
        <translation>Make a recovery key</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
</context>
<context>
    <name>RegistersTable</name>
    <message>
        <source>Registers of the profile</source>
        <translation>Registers of the profile</translation>
    </message>
    <message>
        <source>Registers of the profile…</source>
        <translation>Registers of the profile…</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>Add a row</translation>
    </message>
    <message>
        <source>Remove the row</source>
        <translation>Remove the row</translation>
    </message>
    <message>
        <source>Save as my profile…</source>
        <translation>Save as my profile…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation>Sensor</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Table</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Word order</source>
        <translation>Word order</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Scale</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Offset</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Asked</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Raw</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>Save as my profile</source>
        <translation>Save as my profile</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>Field no.</source>
        <translation>Field no.</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>Making the preview…</source>
        <translation>Making the preview…</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message>
        <source>no data in the period: {wells}</source>
        <translation>no data in the period: {wells}</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore a backup</source>
        <translation>Restore a backup</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>File of the backup…</source>
        <translation>File of the backup…</translation>
    </message>
    <message>
        <source>The profile of another laptop, or of this one before: the centre knows it again, nothing is sent twice. The file is read whole first; then the window opens anew with it.</source>
        <translation>The profile of another laptop, or of this one before: the centre knows it again, nothing is sent twice. The file is read whole first; then the window opens anew with it.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
</context>
<context>
    <name>RodsPanel</name>
    <message>
        <source>Rod string</source>
        <translation>Rod string</translation>
    </message>
    <message>
        <source>The rod string of this well is not entered.</source>
        <translation>The rod string of this well is not entered.</translation>
    </message>
    <message>
        <source>pump</source>
        <translation>pump</translation>
    </message>
</context>
<context>
    <name>RowColumns</name>
    <message>
        <source>As it was made</source>
        <translation>As it was made</translation>
    </message>
</context>
<context>
    <name>RowsField</name>
    <message>
        <source>Insert a row</source>
        <translation>Insert a row</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Move the row up (Alt+Up)</source>
        <translation>Move the row up (Alt+Up)</translation>
    </message>
    <message>
        <source>Move the row down (Alt+Down)</source>
        <translation>Move the row down (Alt+Down)</translation>
    </message>
    <message>
        <source>Paste from Excel</source>
        <translation>Paste from Excel</translation>
    </message>
</context>
<context>
    <name>Searching</name>
    <message>
        <source>Documents being read for the search: {done} of {total}</source>
        <translation>Documents being read for the search: {done} of {total}</translation>
    </message>
    <message numerus="yes">
        <source>Documents whose text was not read: %n</source>
        <translation>
            <numerusform>Documents whose text was not read: %n</numerusform>
            <numerusform>Documents whose text was not read: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is found by these words.</source>
        <translation>Nothing is found by these words.</translation>
    </message>
    <message>
        <source>Well {name}</source>
        <translation>Well {name}</translation>
    </message>
    <message>
        <source>Not read, or not to the end</source>
        <translation>Not read, or not to the end</translation>
    </message>
</context>
<context>
    <name>SettingFields</name>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>days</source>
        <translation>days</translation>
    </message>
    <message>
        <source>Field (MPa, atm, m³/d, kN)</source>
        <translation>Field (MPa, atm, m³/d, kN)</translation>
    </message>
    <message>
        <source>SI (Pa, m³/s, N)</source>
        <translation>SI (Pa, m³/s, N)</translation>
    </message>
    <message>
        <source>US field (psi, bbl/d, lbf)</source>
        <translation>US field (psi, bbl/d, lbf)</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>Sunlight (high contrast)</source>
        <translation>Sunlight (high contrast)</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>Ordinary</source>
        <translation>Ordinary</translation>
    </message>
    <message>
        <source>Early, before the others</source>
        <translation>Early, before the others</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>If the key of this profile is lost</source>
        <translation>If the key of this profile is lost</translation>
    </message>
    <message>
        <source>Who works here</source>
        <translation>Who works here</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
</context>
<context>
    <name>SheetBar</name>
    <message>
        <source>What is in the table</source>
        <translation>What is in the table</translation>
    </message>
    <message>
        <source>Take this sheet</source>
        <translation>Take this sheet</translation>
    </message>
    <message>
        <source>The header is in line</source>
        <translation>The header is in line</translation>
    </message>
    <message>
        <source>In the table:</source>
        <translation>In the table:</translation>
    </message>
    <message>
        <source>Header in line</source>
        <translation>Header in line</translation>
    </message>
    <message>
        <source>Well of rows that name none</source>
        <translation>Well of rows that name none</translation>
    </message>
    <message>
        <source>Date of rows that have none</source>
        <translation>Date of rows that have none</translation>
    </message>
    <message>
        <source>Strokes per minute</source>
        <translation>Strokes per minute</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Well</translation>
    </message>
    <message>
        <source>Date, hour</source>
        <translation>Date, hour</translation>
    </message>
    <message>
        <source>Strokes/min</source>
        <translation>Strokes/min</translation>
    </message>
</context>
<context>
    <name>ShelfDialog</name>
    <message numerus="yes">
        <source>Why is it shelved? Alarms: %n. The reason is kept and sent.</source>
        <translation>
            <numerusform>Why is it shelved? Alarms: %n. The reason is kept and sent.</numerusform>
            <numerusform>Why is it shelved? Alarms: %n. The reason is kept and sent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Shelve</source>
        <translation>Shelve</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>For how long</translation>
    </message>
    <message numerus="yes">
        <source>For %n hour(s)</source>
        <translation>
            <numerusform>For %n hour</numerusform>
            <numerusform>For %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>For %n day(s)</source>
        <translation>
            <numerusform>For %n day</numerusform>
            <numerusform>For %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Findings</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Figures</translation>
    </message>
    <message>
        <source>Rods</source>
        <translation>Rods</translation>
    </message>
    <message>
        <source>Torque</source>
        <translation>Torque</translation>
    </message>
    <message>
        <source>Valves</source>
        <translation>Valves</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>What if</translation>
    </message>
</context>
<context>
    <name>SigningIn</name>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
</context>
<context>
    <name>SizingBox</name>
    <message>
        <source>Liquid wanted</source>
        <translation>Liquid wanted</translation>
    </message>
    <message>
        <source>Frequency, Hz</source>
        <translation>Frequency, Hz</translation>
    </message>
    <message>
        <source>A separator takes, % of the gas</source>
        <translation>A separator takes, % of the gas</translation>
    </message>
    <message>
        <source>Size an ESP</source>
        <translation>Size an ESP</translation>
    </message>
    <message>
        <source>An ESP for a rate</source>
        <translation>An ESP for a rate</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>%n value(s) to import</source>
        <translation>
            <numerusform>%n value to import</numerusform>
            <numerusform>%n values to import</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful</source>
        <translation>
            <numerusform>%n doubtful</numerusform>
            <numerusform>%n doubtful</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>%n row left out</numerusform>
            <numerusform>%n rows left out</numerusform>
        </translation>
    </message>
    <message>
        <source>only the beginning is shown, the whole file is imported</source>
        <translation>only the beginning is shown, the whole file is imported</translation>
    </message>
    <message>
        <source>Say in the first row what the columns are: one of them has to be the date.</source>
        <translation>Say in the first row what the columns are: one of them has to be the date.</translation>
    </message>
    <message>
        <source>Put the red cells right, skip their rows, or leave the cells empty.</source>
        <translation>Put the red cells right, skip their rows, or leave the cells empty.</translation>
    </message>
    <message>
        <source>Say which well the rows are from.</source>
        <translation>Say which well the rows are from.</translation>
    </message>
    <message>
        <source>Decide about the wells that are not known.</source>
        <translation>Decide about the wells that are not known.</translation>
    </message>
    <message>
        <source>There is nothing to import.</source>
        <translation>There is nothing to import.</translation>
    </message>
    <message>
        <source>Say what becomes of the wells that have another lift.</source>
        <translation>Say what becomes of the wells that have another lift.</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
    <message>
        <source>Say what the file leaves open: one click for each question above.</source>
        <translation>Say what the file leaves open: one click for each question above.</translation>
    </message>
    <message>
        <source>What is said of the file</source>
        <translation>What is said of the file</translation>
    </message>
    <message>
        <source>“{words}” in the row above is no number of strokes per minute: {least} … {most} are possible.</source>
        <translation>“{words}” in the row above is no number of strokes per minute: {least} … {most} are possible.</translation>
    </message>
    <message>
        <source>Say in the row above the table: {what}.</source>
        <translation>Say in the row above the table: {what}.</translation>
    </message>
    <message>
        <source>Put the rows right or skip them: {what}.</source>
        <translation>Put the rows right or skip them: {what}.</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Progress of the sync</source>
        <translation>Progress of the sync</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>Connections…</translation>
    </message>
    <message>
        <source>What was entered here and where it is</source>
        <translation>What was entered here and where it is</translation>
    </message>
    <message>
        <source>Nothing waits. What you enter or import here is shown until the centre has it.</source>
        <translation>Nothing waits. What you enter or import here is shown until the centre has it.</translation>
    </message>
    <message>
        <source>The last syncs</source>
        <translation>The last syncs</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>Decide…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Change…</translation>
    </message>
    <message>
        <source>Give up…</source>
        <translation>Give up…</translation>
    </message>
    <message>
        <source>Save what waits to a file…</source>
        <translation>Save what waits to a file…</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Entries</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>Entered</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Well</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Tries</translation>
    </message>
    <message>
        <source>When</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>Readings</source>
        <translation>Readings</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Cards</translation>
    </message>
    <message>
        <source>What was wrong</source>
        <translation>What was wrong</translation>
    </message>
    <message>
        <source>Give up an entry</source>
        <translation>Give up an entry</translation>
    </message>
    <message>
        <source>Why is it given up? The entry stays readable in the journal, but is never sent.</source>
        <translation>Why is it given up? The entry stays readable in the journal, but is never sent.</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Give up</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>Save what waits</source>
        <translation>Save what waits</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>Take from a file…</translation>
    </message>
    <message>
        <source>Take what another laptop saved</source>
        <translation>Take what another laptop saved</translation>
    </message>
    <message>
        <source>Nothing has been exchanged with the centre yet.</source>
        <translation>Nothing has been exchanged with the centre yet.</translation>
    </message>
</context>
<context>
    <name>TemplateDialog</name>
    <message>
        <source>Template of the report</source>
        <translation>Template of the report</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Contents</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Sections</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Landscape</translation>
    </message>
    <message>
        <source>Sections: tick, drag into order</source>
        <translation>Sections: tick, drag into order</translation>
    </message>
    <message>
        <source>Options of the section</source>
        <translation>Options of the section</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>This section has no options.</source>
        <translation>This section has no options.</translation>
    </message>
    <message>
        <source>Save as my own</source>
        <translation>Save as my own</translation>
    </message>
</context>
<context>
    <name>TemplatesMenu</name>
    <message>
        <source>Template…</source>
        <translation>Template…</translation>
    </message>
    <message>
        <source>Change, share or delete the template</source>
        <translation>Change, share or delete the template</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>Save to a file…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>Take from a file…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Save the template</source>
        <translation>Save the template</translation>
    </message>
    <message>
        <source>Take a template</source>
        <translation>Take a template</translation>
    </message>
    <message>
        <source>Change and save as my own…</source>
        <translation>Change and save as my own…</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>{seconds} s ago</source>
        <translation>{seconds} s ago</translation>
    </message>
    <message>
        <source>Outside what this sensor can say: check scale and unit in the profile</source>
        <translation>Outside what this sensor can say: check scale and unit in the profile</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Of everybody</source>
        <translation>Of everybody</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>Whose tasks</source>
        <translation>Whose tasks</translation>
    </message>
    <message>
        <source>Nothing is to be done today. A task is set with “New task…”, from a finding (“To the tasks”), or by the rules of the site in the settings: “level every 14 d: SRP”.</source>
        <translation>Nothing is to be done today. A task is set with “New task…”, from a finding (“To the tasks”), or by the rules of the site in the settings: “level every 14 d: SRP”.</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>New task…</source>
        <translation>New task…</translation>
    </message>
    <message>
        <source>Print the sheet…</source>
        <translation>Print the sheet…</translation>
    </message>
    <message>
        <source>Sheet as PDF…</source>
        <translation>Sheet as PDF…</translation>
    </message>
    <message>
        <source>Report of the day…</source>
        <translation>Report of the day…</translation>
    </message>
    <message>
        <source>Nearest next</source>
        <translation>Nearest next</translation>
    </message>
    <message>
        <source>The order that was put by hand is forgotten</source>
        <translation>The order that was put by hand is forgotten</translation>
    </message>
    <message>
        <source>Enter…</source>
        <translation>Enter…</translation>
    </message>
    <message>
        <source>What was measured or done</source>
        <translation>What was measured or done</translation>
    </message>
    <message>
        <source>I do it</source>
        <translation>I do it</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Cannot…</source>
        <translation>Cannot…</translation>
    </message>
    <message>
        <source>Open the well</source>
        <translation>Open the well</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Earlier</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+Up</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Alt+Down</source>
        <translation>Alt+Down</translation>
    </message>
    <message>
        <source>{left} left, {done} closed</source>
        <translation>{left} left, {done} closed</translation>
    </message>
    <message>
        <source>Take along: {what}</source>
        <translation>Take along: {what}</translation>
    </message>
    <message>
        <source>Why can it not be done? The reason is kept and sent.</source>
        <translation>Why can it not be done? The reason is kept and sent.</translation>
    </message>
    <message>
        <source>Cannot be done</source>
        <translation>Cannot be done</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Opens the page of alarms</source>
        <translation>Opens the page of alarms</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>and {count} more</translation>
    </message>
</context>
<context>
    <name>ToldTable</name>
    <message>
        <source>No rows</source>
        <translation>No rows</translation>
    </message>
    <message>
        <source>Rows: {count}. The first one: {first}</source>
        <translation>Rows: {count}. The first one: {first}</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>No well chosen</source>
        <translation>No well chosen</translation>
    </message>
    <message>
        <source>State of sending</source>
        <translation>State of sending</translation>
    </message>
    <message>
        <source>Well {name}</source>
        <translation>Well {name}</translation>
    </message>
    <message>
        <source>Your entries are kept in the journal on this laptop until the centre confirms them. Click: where they are.</source>
        <translation>Your entries are kept in the journal on this laptop until the centre confirms them. Click: where they are.</translation>
    </message>
    <message>
        <source>Times are by the field&apos;s clock: {zone}. Another one: Settings.</source>
        <translation>Times are by the field&apos;s clock: {zone}. Another one: Settings.</translation>
    </message>
    <message numerus="yes">
        <source>Entries begun and not saved: %n. Click: go on with them.</source>
        <translation>
            <numerusform>%n entry was begun and not saved. Click: go on with it.</numerusform>
            <numerusform>%n entries were begun and not saved. Click: go on with them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TorquePanel</name>
    <message>
        <source>The dimensions of the pumping unit are not entered: its torque cannot be had.</source>
        <translation>The dimensions of the pumping unit are not entered: its torque cannot be had.</translation>
    </message>
    <message>
        <source>The counterweights&apos; moment is not entered: only the best balance is shown.</source>
        <translation>The counterweights&apos; moment is not entered: only the best balance is shown.</translation>
    </message>
</context>
<context>
    <name>TreeActions</name>
    <message>
        <source>Folder of the tables</source>
        <translation>Folder of the tables</translation>
    </message>
</context>
<context>
    <name>TrendsBar</name>
    <message>
        <source>Follow</source>
        <translation>Follow</translation>
    </message>
    <message>
        <source>Keep the newest readings in view</source>
        <translation>Keep the newest readings in view</translation>
    </message>
    <message>
        <source>Go to finding</source>
        <translation>Go to finding</translation>
    </message>
</context>
<context>
    <name>TrendsPage</name>
    <message>
        <source>No readings yet. Drop a CSV or Parquet file on the window to import them.</source>
        <translation>No readings yet. Drop a CSV or Parquet file on the window to import them.</translation>
    </message>
</context>
<context>
    <name>TwinPanel</name>
    <message>
        <source>The twin needs rods, pump and pressures of this well.</source>
        <translation>The twin needs rods, pump and pressures of this well.</translation>
    </message>
    <message>
        <source>As measured</source>
        <translation>As measured</translation>
    </message>
    <message>
        <source>Strokes per minute</source>
        <translation>Strokes per minute</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>Stroke</translation>
    </message>
    <message>
        <source>Plunger</source>
        <translation>Plunger</translation>
    </message>
    <message>
        <source>Fillage</source>
        <translation>Fillage</translation>
    </message>
    <message>
        <source>Damping, 1/s</source>
        <translation>Damping, 1/s</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Measured</translation>
    </message>
    <message>
        <source>Twin</source>
        <translation>Twin</translation>
    </message>
    <message>
        <source>API RP 11L for comparison: {high} and {low} on the polished rod, torque {torque}, {rate} at full fillage; Fo/Skr {load}, N/No {speed}.</source>
        <translation>API RP 11L for comparison: {high} and {low} on the polished rod, torque {torque}, {rate} at full fillage; Fo/Skr {load}, N/No {speed}.</translation>
    </message>
    <message>
        <source>Beyond the practice&apos;s charts.</source>
        <translation>Beyond the practice&apos;s charts.</translation>
    </message>
</context>
<context>
    <name>Usual</name>
    <message>
        <source>Usual</source>
        <translation>Usual</translation>
    </message>
    <message>
        <source>The band that each pen keeps to in this mode when all is well</source>
        <translation>The band that each pen keeps to in this mode when all is well</translation>
    </message>
    <message>
        <source>Show for…</source>
        <translation>Show for…</translation>
    </message>
    <message>
        <source>The sensors that matter for a condition</source>
        <translation>The sensors that matter for a condition</translation>
    </message>
</context>
<context>
    <name>ValuesModel</name>
    <message>
        <source>Sensor</source>
        <translation>Sensor</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Usual</translation>
    </message>
</context>
<context>
    <name>ValuesTable</name>
    <message>
        <source>Last readings</source>
        <translation>Last readings</translation>
    </message>
</context>
<context>
    <name>ViewDialog</name>
    <message>
        <source>Keep as a view</source>
        <translation>Keep as a view</translation>
    </message>
    <message>
        <source>every well</source>
        <translation>every well</translation>
    </message>
    <message>
        <source>wells of this lift: {lift}</source>
        <translation>wells of this lift: {lift}</translation>
    </message>
    <message>
        <source>well {name} alone</source>
        <translation>well {name} alone</translation>
    </message>
    <message>
        <source>With the period</source>
        <translation>With the period</translation>
    </message>
    <message>
        <source>With the period: {period}</source>
        <translation>With the period: {period}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>For</source>
        <translation>For</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>File</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Save as…</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Opening…</translation>
    </message>
    <message>
        <source>This kind of file is not shown here: save it and open it with its own program.</source>
        <translation>This kind of file is not shown here: save it and open it with its own program.</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>Save the file</translation>
    </message>
    <message>
        <source>Text of the document</source>
        <translation>Text of the document</translation>
    </message>
    <message>
        <source>The text alone, as it was read for the search. To see it as it is, save it.</source>
        <translation>The text alone, as it was read for the search. To see it as it is, save it.</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>View</source>
        <translation>View</translation>
    </message>
    <message>
        <source>Keep as a view…</source>
        <translation>Keep as a view…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>Take from a file…</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>Save to a file…</translation>
    </message>
    <message>
        <source>Delete the view</source>
        <translation>Delete the view</translation>
    </message>
    <message>
        <source>Save the view</source>
        <translation>Save the view</translation>
    </message>
    <message>
        <source>Take a view</source>
        <translation>Take a view</translation>
    </message>
    <message>
        <source>Pens, scales, panes, period under a name</source>
        <translation>Pens, scales, panes, period under a name</translation>
    </message>
</context>
<context>
    <name>Way</name>
    <message>
        <source>Well, what</source>
        <translation>Well, what</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Last time</source>
        <translation>Last time</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>Tasks of the day, in the order of the way</source>
        <translation>Tasks of the day, in the order of the way</translation>
    </message>
</context>
<context>
    <name>WellMap</name>
    <message>
        <source>Map of the wells; the same wells stand in the table</source>
        <translation>Map of the wells; the same wells stand in the table</translation>
    </message>
    <message>
        <source>No well has coordinates yet: they come with a file or a form of coordinates.</source>
        <translation>No well has coordinates yet: they come with a file or a form of coordinates.</translation>
    </message>
    <message>
        <source>Without coordinates: {count}</source>
        <translation>Without coordinates: {count}</translation>
    </message>
</context>
<context>
    <name>WellSketch</name>
    <message>
        <source>Sketch of the well</source>
        <translation>Sketch of the well</translation>
    </message>
    <message>
        <source>Dynamic level {depth}, {moment}</source>
        <translation>Dynamic level {depth}, {moment}</translation>
    </message>
    <message>
        <source>Pump at {depth}</source>
        <translation>Pump at {depth}</translation>
    </message>
</context>
<context>
    <name>WellTestsPage</name>
    <message>
        <source>Taken</source>
        <translation>Taken</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Well tests</source>
        <translation>Well tests</translation>
    </message>
    <message>
        <source>Horner time (tₚ + Δt)/Δt</source>
        <translation>Horner time (tₚ + Δt)/Δt</translation>
    </message>
    <message>
        <source>Drag the shaded window: k and skin follow it.</source>
        <translation>Drag the shaded window: k and skin follow it.</translation>
    </message>
    <message>
        <source>No well tests yet. Drop a file with a build-up, drawdown or inflow test on the window.</source>
        <translation>No well tests yet. Drop a file with a build-up, drawdown or inflow test on the window.</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>What it says</translation>
    </message>
    <message>
        <source>Log-log: change, derivative, match</source>
        <translation>Log-log: change, derivative, match</translation>
    </message>
    <message>
        <source>Horner</source>
        <translation>Horner</translation>
    </message>
    <message>
        <source>Δp</source>
        <translation>Δp</translation>
    </message>
    <message>
        <source>derivative</source>
        <translation>derivative</translation>
    </message>
    <message>
        <source>match</source>
        <translation>match</translation>
    </message>
    <message>
        <source>points</source>
        <translation>points</translation>
    </message>
    <message>
        <source>Time after the change</source>
        <translation>Time after the change</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>Pressure</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>All by itself</source>
        <translation>All by itself</translation>
    </message>
    <message>
        <source>Misfit: {one}, of the second model {other}</source>
        <translation>Misfit: {one}, of the second model {other}</translation>
    </message>
    <message>
        <source>second model</source>
        <translation>second model</translation>
    </message>
</context>
<context>
    <name>WellTree</name>
    <message>
        <source>Find (Ctrl+F)</source>
        <translation>Find (Ctrl+F)</translation>
    </message>
    <message>
        <source>Needs attention first</source>
        <translation>Needs attention first</translation>
    </message>
    <message>
        <source>Wells</source>
        <translation>Wells</translation>
    </message>
    <message>
        <source>Pad {pad}</source>
        <translation>Pad {pad}</translation>
    </message>
    <message>
        <source>Well {name}: {state}. Last reading {moment}</source>
        <translation>Well {name}: {state}. Last reading {moment}</translation>
    </message>
    <message>
        <source>There is no well “{name}”. Nearest: {near}</source>
        <translation>There is no well “{name}”. Nearest: {near}</translation>
    </message>
    <message>
        <source>Only favourites (Ctrl+D on a well makes it one)</source>
        <translation>Only favourites (Ctrl+D on a well makes it one)</translation>
    </message>
    <message>
        <source>Only favourites</source>
        <translation>Only favourites</translation>
    </message>
    <message>
        <source>No well is a favourite yet: Ctrl+D on a well, or a right click.</source>
        <translation>No well is a favourite yet: Ctrl+D on a well, or a right click.</translation>
    </message>
    <message>
        <source>An entry was begun and not saved</source>
        <translation>An entry was begun and not saved</translation>
    </message>
    <message>
        <source>Find a well, a command, an entry, a document</source>
        <translation>Find a well, a command, an entry, a document</translation>
    </message>
    <message>
        <source>There is no well “{name}”.</source>
        <translation>There is no well “{name}”.</translation>
    </message>
</context>
<context>
    <name>WellsBox</name>
    <message>
        <source>Wells that are not known</source>
        <translation>Wells that are not known</translation>
    </message>
    <message>
        <source>Make all of them</source>
        <translation>Make all of them</translation>
    </message>
    <message>
        <source>Well “{name}” of the file</source>
        <translation>Well “{name}” of the file</translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>Decide…</translation>
    </message>
    <message>
        <source>Make a new well</source>
        <translation>Make a new well</translation>
    </message>
    <message>
        <source>Leave its rows out</source>
        <translation>Leave its rows out</translation>
    </message>
</context>
<context>
    <name>WellsDialog</name>
    <message>
        <source>Wells of the report</source>
        <translation>Wells of the report</translation>
    </message>
    <message>
        <source>Filter: well, pad, field</source>
        <translation>Filter: well, pad, field</translation>
    </message>
    <message>
        <source>Wells</source>
        <translation>Wells</translation>
    </message>
    <message>
        <source>Tick all shown</source>
        <translation>Tick all shown</translation>
    </message>
    <message>
        <source>Untick all shown</source>
        <translation>Untick all shown</translation>
    </message>
    <message>
        <source>Make the report</source>
        <translation>Make the report</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>WordsDialog</name>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>WorkPage</name>
    <message>
        <source>What was done here</source>
        <translation>What was done here</translation>
    </message>
    <message>
        <source>Nothing yet. What you enter, change, decide or import stands here and can be taken back.</source>
        <translation>Nothing yet. What you enter, change, decide or import stands here and can be taken back.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>Do again</source>
        <translation>Do again</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>What the program has said</source>
        <translation>What the program has said</translation>
    </message>
    <message>
        <source>My work</source>
        <translation>My work</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>When</source>
        <translation>When</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Well</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Values</translation>
    </message>
    <message>
        <source>By</source>
        <translation>By</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>By Enter</source>
        <translation>By Enter</translation>
    </message>
    <message>
        <source>Log of imports…</source>
        <translation>Log of imports…</translation>
    </message>
    <message>
        <source>Log of imports</source>
        <translation>Log of imports</translation>
    </message>
    <message>
        <source>imports.xlsx</source>
        <translation>imports.xlsx</translation>
    </message>
    <message>
        <source>The program has said nothing yet.</source>
        <translation>The program has said nothing yet.</translation>
    </message>
</context>
<context>
    <name>_PhraseDialog</name>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
</context>
</TS>
