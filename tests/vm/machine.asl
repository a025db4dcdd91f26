// A thermal zone, which an emulated machine lacks. Every sixteenth reading of the
// temperature notifies the zone's driver, which reports that as an event of ACPI.
DefinitionBlock ("machine.aml", "SSDT", 2, "NLTEST", "MACHINE", 1)
{
    ThermalZone (\_TZ.TZ0)
    {
        Name (READ, 0)

        // Temperatures in tenths of kelvin; the machine stops at the second.
        Method (_TMP, 0, Serialized)
        {
            READ++
            If ((READ & 15) == 0)
            {
                Notify (TZ0, 0x81)
            }
            Return (3002)
        }
        Name (_CRT, 3802)
    }
}
