namespace Viaduct.Simulation;

/// <summary>Collects what is to be said of the input, each thing once. What would be said of thousands of objects alike is said of the first ones.</summary>
internal sealed class ObjectRemarks
{
    private const int Max = 1000;

    private readonly List<ObjectRemark> _lines = [];
    private readonly HashSet<ObjectRemark> _said = [];
    private int _more;
    private Verdict _worstOfMore;

    public void Add(Verdict verdict, string where, string text)
    {
        var remark = new ObjectRemark(verdict, where, text);
        if (_said.Contains(remark)) return;
        if (_lines.Count >= Max)
        {
            _more++;
            _worstOfMore = Verdicts.Worst([_worstOfMore, verdict]);
            return;
        }
        _said.Add(remark);
        _lines.Add(remark);
    }

    public IReadOnlyList<ObjectRemark> ToList() =>
        _more == 0 ? [.. _lines] : [.. _lines, new ObjectRemark(_worstOfMore, _lines[^1].Where, $"{_more} more remarks of this kind are left out")];
}
